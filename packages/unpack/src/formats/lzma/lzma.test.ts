import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { streamSuite } from '../../testing/streams.ts'
import { lzma } from './index.ts'

describe('lzma', () => {
  streamSuite(lzma, () => false)

  it('takes no short content within others: tables of numbers look like its header', () => {
    // Out of a compiled terminal description of ncurses.
    const table = Buffer.from('6c00000001020000000000000000000030060000080000000081a80008000000', 'hex')
    expect(lzma.recognise(memoryBytes(Buffer.concat([Buffer.alloc(7), table])), 7)).toBe(false)
    const header = Buffer.from('5d00008000400000000000000000', 'hex')
    expect(lzma.recognise(memoryBytes(Buffer.concat([Buffer.alloc(7), header])), 7)).toBe(true)
  })

  it('takes no zeros within others, which tables of a kernel have behind what looks like its header', () => {
    const table = Buffer.concat([Buffer.from('5d000000010004', 'hex'), Buffer.alloc(200)])
    expect(lzma.recognise(memoryBytes(table), 0)).toBe(true)
    const within = (content: Uint8Array) => memoryBytes(Buffer.concat([Buffer.alloc(7, 1), content]))
    expect(lzma.recognise(within(table), 7)).toBe(false)
    expect(lzma.recognise(within(lzmaOfZeros()), 7)).toBe(true)
  })
})

/** `head -c 4096 /dev/zero | xz --format=lzma --lzma1=preset=6,dict=64KiB` (XZ Utils 5.4.1). */
function lzmaOfZeros(): Buffer {
  return Buffer.from(
    '5d00000100ffffffffffffffff00006ffdffffa3b7ff473e481572396151b89228e6a3855e0e82ffffb5300000',
    'hex',
  )
}

describe('lzma with properties that are not usual', () => {
  const other = fixture('lzma', 'other-properties.lzma')
  const startsIn = (content: Uint8Array) => [
    ...(lzma.candidates?.(memoryBytes(content), { start: 0, end: content.length }) ?? []),
  ]

  it('is sought at the beginning of a stretch, also behind a header', () => {
    expect(startsIn(other)).toEqual([0])
    expect(startsIn(Buffer.concat([Buffer.alloc(300, 0xa5), other]))).toEqual([300])
    expect(startsIn(Buffer.concat([Buffer.alloc(1100, 0xa5), other]))).toEqual([])
    expect(startsIn(fixture('lzma', 'end-mark.lzma'))).toEqual([])
  })

  it('is tried at a few places only', () => {
    const header = Buffer.concat([other.subarray(0, 14), Buffer.alloc(2, 0x11)])
    expect(startsIn(Buffer.concat(Array.from({ length: 60 }, () => header)))).toHaveLength(4)
    expect(startsIn(Buffer.alloc(4096, '00000001', 'hex'))).toEqual([0])
  })

  it('is more than one byte again and again, as tables of small numbers are', () => {
    const zeros = Buffer.alloc(200)
    zeros.writeUInt32LE(0x10000, 1)
    zeros.writeUInt32LE(100, 5)
    expect(startsIn(zeros)).toEqual([0])
    expect(lzma.recognise(memoryBytes(zeros), 0)).toBe(false)
  })

  it('has to be whole', () => {
    expect(lzma.recognise(memoryBytes(other), 0)).toBe(true)
    expect(lzma.recognise(memoryBytes(other.subarray(0, -40)), 0)).toBe(false)
  })
})
