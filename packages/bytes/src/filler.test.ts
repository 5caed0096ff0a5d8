import { describe, expect, it } from 'vitest'
import { type Bytes, BytesError, memoryBytes, sliceBytes } from './bytes.ts'
import { fillerFrom, fillerTo, pastFiller } from './filler.ts'
import { createSearch } from './search.ts'

const BLOCK = 256 * 1024
const KEPT = 64 * 1024

/** `before` bytes of text, `blocks` blocks of filler, and text again. */
function content(before: number, blocks: number, filler: number, after = 1000): Buffer {
  return Buffer.concat([
    Buffer.alloc(before, 'a'),
    Buffer.alloc(blocks * BLOCK, filler),
    Buffer.alloc(after, 'z'),
  ])
}

describe('pastFiller', () => {
  it.each([0x00, 0xff])('goes to the last bytes of a run of 0x%s', (filler) => {
    const bytes = memoryBytes(content(BLOCK, 4, filler))
    expect(pastFiller(bytes, 0)).toBe(0)
    expect(pastFiller(bytes, BLOCK)).toBe(5 * BLOCK - KEPT)
    expect(pastFiller(bytes, 3 * BLOCK + 17)).toBe(5 * BLOCK - KEPT)
    expect(pastFiller(bytes, 5 * BLOCK - 17)).toBe(5 * BLOCK - 17)
    expect(pastFiller(bytes, 5 * BLOCK)).toBe(5 * BLOCK)
  })

  it('stays in what is one byte, but no filler, and in what is short', () => {
    for (const bytes of [content(BLOCK, 4, 0x20), content(BLOCK, 0, 0), content(1, 1, 0), Buffer.alloc(1000)])
      for (const at of [0, 1, BLOCK])
        expect(pastFiller(memoryBytes(bytes), Math.min(at, bytes.length))).toBe(Math.min(at, bytes.length))
  })

  it('stops where zeros and ones meet', () => {
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(2 * BLOCK), Buffer.alloc(2 * BLOCK, 0xff)]))
    expect(pastFiller(bytes, 0)).toBe(2 * BLOCK - KEPT)
    expect(pastFiller(bytes, 2 * BLOCK)).toBe(4 * BLOCK - KEPT)
  })

  it('knows a slice by what it is a slice of, and stays inside', () => {
    const whole = memoryBytes(content(BLOCK, 8, 0xff))
    const slice = sliceBytes(whole, BLOCK + 100, 3 * BLOCK)
    expect(pastFiller(slice, 5)).toBe(3 * BLOCK - KEPT)
    expect(pastFiller(sliceBytes(whole, 100, whole.size - 100), BLOCK)).toBe(9 * BLOCK - 100 - KEPT)
    expect(pastFiller(sliceBytes(whole, BLOCK, 100), 50)).toBe(50)
  })

  it('reads each block once', () => {
    let read = 0
    const plain = memoryBytes(content(0, 8, 0, 0))
    const counting: Bytes = {
      size: plain.size,
      view(at, length) {
        read += length
        return plain.view(at, length)
      },
      copy: plain.copy.bind(plain),
    }
    for (let round = 0; round < 3; round++)
      for (let at = 0; at < plain.size; at += BLOCK) pastFiller(counting, at)
    expect(read).toBe(8 * (BLOCK + 1))
  })

  it('tells where a run ends and begins, to the block', () => {
    const bytes = memoryBytes(content(BLOCK - 5, 4, 0xff, 0))
    expect(fillerFrom(bytes, BLOCK + 5)).toBe(bytes.size)
    expect(fillerFrom(bytes, BLOCK - 5)).toBe(BLOCK - 5)
    expect(fillerTo(bytes, bytes.size)).toBe(BLOCK)
    expect(fillerTo(bytes, BLOCK)).toBe(BLOCK)
    const slice = sliceBytes(bytes, 2 * BLOCK + 7, 2 * BLOCK)
    expect(fillerFrom(slice, 0)).toBe(slice.size)
    expect(fillerTo(slice, slice.size)).toBe(0)
  })

  it('leaves what cannot be read to others', () => {
    const unreadable: Bytes = {
      size: 4 * BLOCK,
      view() {
        throw new BytesError('unreadable', 'a damaged block')
      },
      copy() {
        throw new BytesError('unreadable', 'a damaged block')
      },
    }
    expect(pastFiller(unreadable, BLOCK)).toBe(BLOCK)
  })
})

describe('a search through filler', () => {
  it.each([0x00, 0xff])(
    'finds what stands at either end of a run of 0x%s, and what begins with it',
    (filler) => {
      const bytes = content(BLOCK - 3, 6, filler, BLOCK)
      const begins = `${String.fromCharCode(filler).repeat(40)}zz`
      const found: number[][] = []
      createSearch(['aa\x00', 'aa\xff', begins])(memoryBytes(bytes), (literal, at) => {
        found.push([literal, at])
        return true
      })
      expect(found).toEqual([
        [filler === 0 ? 0 : 1, BLOCK - 5],
        [2, 7 * BLOCK - 43],
      ])
    },
  )

  it('still finds what is made of filler alone', () => {
    const found: number[] = []
    createSearch(['\0'.repeat(8)])(memoryBytes(content(10, 2, 0)), (_, at) => {
      found.push(at)
      return true
    })
    expect(found.length).toBe(2 * BLOCK - 7)
  })

  it('ends where it is told to', () => {
    const found: number[] = []
    const bytes = memoryBytes(Buffer.from('abc abc abc abc'))
    createSearch(['abc'])(
      bytes,
      (_, at) => {
        found.push(at)
        return true
      },
      1,
      10,
    )
    expect(found).toEqual([4])
  })
})
