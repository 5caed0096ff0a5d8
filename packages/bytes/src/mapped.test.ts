import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BytesError, memoryBytes, sliceBytes } from './bytes.ts'
import { type Extent, mappedBytes } from './mapped.ts'

const SOURCE = Buffer.from(Array.from({ length: 64 }, (_, index) => index + 1))

function flat(size: number, extents: readonly Extent[]): Buffer {
  const out = Buffer.alloc(size)
  for (const extent of extents) {
    const { at, length } = extent
    for (let index = 0; index < length; index++)
      out[at + index] =
        'fill' in extent
          ? (extent.fill >>> (8 * (index % 4))) & 0xff
          : (SOURCE[extent.from + index] as number)
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
    }),
    { maxLength: 9 },
  )
  .map((parts) => {
    let at = 0
    return parts.map(({ gap, length, from, fill }): Extent => {
      const start = at + gap
      at = start + length
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

  it('are nowhere outside', () => {
    const source = memoryBytes(SOURCE)
    const bytes = mappedBytes(source, 10, [])
    expect(() => bytes.view(9, 2)).toThrow(BytesError)
    expect(() => bytes.view(-1, 1)).toThrow(BytesError)
    expect(() => mappedBytes(source, 2 ** 30, []).view(0, 2 ** 25)).toThrow(BytesError)
    for (const extents of [
      [{ at: 0, length: 11, fill: 0 }],
      [{ at: 0, length: 8, from: 60 }],
      [{ at: 0, length: 8, from: -1 }],
      [
        { at: 4, length: 4, fill: 1 },
        { at: 0, length: 4, fill: 1 },
      ],
      [{ at: 0, length: Number.NaN, fill: 1 }],
    ])
      expect(() => mappedBytes(source, 10, extents)).toThrow(BytesError)
  })
})
