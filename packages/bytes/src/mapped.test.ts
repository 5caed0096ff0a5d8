import { deflateRawSync, deflateSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BytesError, memoryBytes, sliceBytes } from './bytes.ts'
import { type Extent, mappedBytes } from './mapped.ts'
import type { Packed } from './packed-extent.ts'

const NUMBERS = Buffer.from(Array.from({ length: 64 }, (_, index) => index + 1))
/** What comes out of each packed block. */
const PLAIN = Buffer.from(Array.from({ length: 32 }, (_, index) => 0x80 + (index >>> 2)))
const BLOCKS = { deflate: deflateRawSync(PLAIN), zlib: deflateSync(PLAIN), zstd: zstdCompressSync(PLAIN) }
/** Behind each block come bytes that are none of it. */
const TAIL = Buffer.alloc(9, 0x77)
const SOURCE = Buffer.concat([NUMBERS, ...Object.values(BLOCKS).flatMap((block) => [block, TAIL])])
const PACKED = (Object.keys(BLOCKS) as (keyof typeof BLOCKS)[]).map((codec): Packed => {
  const from = SOURCE.indexOf(BLOCKS[codec])
  return { codec, from, length: BLOCKS[codec].length + TAIL.length, size: PLAIN.length }
})

function flat(size: number, extents: readonly Extent[]): Buffer {
  const out = Buffer.alloc(size)
  for (const extent of extents) {
    const { at, length } = extent
    for (let index = 0; index < length; index++)
      out[at + index] =
        'fill' in extent
          ? (extent.fill >>> (8 * (index % 4))) & 0xff
          : 'from' in extent
            ? (SOURCE[extent.from + index] as number)
            : (PLAIN[index] as number)
  }
  return out
}

const extentsOf = fc
  .array(
    fc.record({
      gap: fc.nat(9),
      length: fc.integer({ min: 0, max: 20 }),
      from: fc.nat(40),
      fill: fc.option(fc.nat(0xffffffff)),
      packed: fc.option(fc.constantFrom(...PACKED)),
    }),
    { maxLength: 9 },
  )
  .map((parts) => {
    let at = 0
    return parts.map(({ gap, length, from, fill, packed }): Extent => {
      const start = at + gap
      at = start + length
      if (packed) return { at: start, length, packed }
      return fill === null ? { at: start, length, from } : { at: start, length, fill }
    })
  })

describe('mapped bytes', () => {
  it('are what their extents say, and zero elsewhere, in every view', () => {
    fc.assert(
      fc.property(extentsOf, fc.nat(9), fc.nat(), fc.nat(), (extents, tail, start, count) => {
        const last = extents.at(-1)
        const size = (last ? last.at + last.length : 0) + tail
        const bytes = mappedBytes(memoryBytes(SOURCE), size, extents)
        const at = start % (size + 1)
        const length = count % (size - at + 1)
        const target = new Uint8Array(length).fill(0x55)
        bytes.copy(at, target)
        const expected = flat(size, extents).subarray(at, at + length)
        expect(Buffer.from(target).equals(expected)).toBe(true)
        expect(Buffer.from(bytes.view(at, length)).equals(expected)).toBe(true)
        expect(Buffer.from(sliceBytes(bytes, at, length).view(0, length)).equals(expected)).toBe(true)
      }),
    )
  })

  it('may be far larger than any memory', () => {
    const far = 2 ** 52
    const bytes = mappedBytes(memoryBytes(SOURCE), far + 8, [{ at: far, length: 4, from: 0 }])
    expect([...bytes.view(far - 2, 8)]).toEqual([0, 0, 1, 2, 3, 4, 0, 0])
  })

  it('keep few of the blocks that were unpacked, and tell a damaged one', () => {
    const size = 3 * 1024 * 1024
    const block = deflateRawSync(Buffer.alloc(size, 7))
    const source = memoryBytes(Buffer.concat([block, Buffer.from('no block at all')]))
    const packed = { codec: 'deflate', from: 0, length: block.length, size } as const
    const extents: Extent[] = Array.from({ length: 9 }, (_, index) => ({
      at: index * size,
      length: size,
      packed,
    }))
    const at = extents.length * size
    const damaged = { ...packed, from: block.length, length: 9 }
    const bytes = mappedBytes(source, at + size, [...extents, { at, length: size, packed: damaged }])
    for (const round of [0, 1, 2])
      for (const { at: start } of extents) expect(bytes.view(start + round, 1)[0], `${round}`).toBe(7)
    expect(() => bytes.view(at, 1)).toThrow(expect.objectContaining({ code: 'unreadable' }))
    // What a block does not have cannot be told.
    const short = { ...packed, size: size + 1 }
    expect(() =>
      mappedBytes(source, size + 1, [{ at: 0, length: size + 1, packed: short }]).view(0, 1),
    ).toThrow(BytesError)
  })

  it('are nowhere outside', () => {
    const source = memoryBytes(SOURCE)
    const bytes = mappedBytes(source, 10, [])
    expect(() => bytes.view(9, 2)).toThrow(BytesError)
    expect(() => bytes.view(-1, 1)).toThrow(BytesError)
    expect(() => mappedBytes(source, 2 ** 30, []).view(0, 2 ** 25)).toThrow(BytesError)
    for (const extents of [
      [{ at: 0, length: 11, fill: 0 }],
      [{ at: 0, length: 8, from: SOURCE.length - 4 }],
      [{ at: 0, length: 8, packed: { codec: 'zlib', from: SOURCE.length - 4, length: 8, size: 8 } }],
      [{ at: 0, length: 8, packed: { codec: 'zlib', from: 0, length: 8, size: 7 } }],
      [{ at: 0, length: 8, from: -1 }],
      [
        { at: 4, length: 4, fill: 1 },
        { at: 0, length: 4, fill: 1 },
      ],
      [{ at: 0, length: Number.NaN, fill: 1 }],
    ] as const)
      expect(() => mappedBytes(source, 10, extents)).toThrow(BytesError)
  })
})
