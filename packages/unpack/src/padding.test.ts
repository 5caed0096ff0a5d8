import { memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPadding } from './padding.ts'

function padding(parts: readonly [number, number][]) {
  const content = Buffer.concat(parts.map(([byte, length]) => Buffer.alloc(length, byte)))
  return findPadding(memoryBytes(content), { start: 0, end: content.length })
}

describe('padding', () => {
  it('is a run of 0x00 or 0xFF at an end of a gap', () => {
    expect(padding([[0xff, 100_000]])).toEqual({ bytes: 100_000, rest: [] })
    expect(
      padding([
        [0, 200_000],
        [7, 10],
        [0xff, 64],
      ]),
    ).toEqual({ bytes: 200_064, rest: [{ start: 200_000, end: 200_010 }] })
  })

  it('is not a short run, and not another byte', () => {
    expect(
      padding([
        [0, 8],
        [7, 10],
      ]),
    ).toEqual({ bytes: 0, rest: [{ start: 0, end: 18 }] })
    expect(padding([[0x20, 500]])).toEqual({ bytes: 0, rest: [{ start: 0, end: 500 }] })
  })

  it('and the rest together are the whole gap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(0, 255, 7), fc.integer({ min: 1, max: 300 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (parts) => {
          const size = parts.reduce((sum, [, length]) => sum + length, 0)
          const { bytes, rest } = padding(parts)
          expect(bytes + rest.reduce((sum, one) => sum + one.end - one.start, 0)).toBe(size)
          for (const { start, end } of rest) expect(end).toBeGreaterThan(start)
        },
      ),
    )
  })
})
