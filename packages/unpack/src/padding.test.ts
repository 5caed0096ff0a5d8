import { memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPadding, partsBetweenErased } from './padding.ts'

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

  it('may change its byte once', () => {
    expect(
      padding([
        [0, 100],
        [0xff, 100],
        [7, 10],
        [0, 64],
        [0xff, 64],
      ]),
    ).toEqual({ bytes: 328, rest: [{ start: 200, end: 210 }] })
  })

  it('is told to the byte where runs are long, within a part as well', () => {
    const MiB = 1024 * 1024
    const runs: [number, number][] = [
      [0xff, MiB + 77],
      [0, 2 * MiB - 5],
      [7, 10],
      [0xff, 3 * MiB + 1],
      [0, MiB - 9],
    ]
    const rest = { start: 3 * MiB + 72, end: 3 * MiB + 82 }
    expect(padding(runs)).toEqual({ bytes: 7 * MiB + 64, rest: [rest] })
    const whole = Buffer.concat([
      Buffer.alloc(70_000, 0xff),
      ...runs.map(([byte, length]) => Buffer.alloc(length, byte)),
    ])
    const part = { start: 70_123, end: whole.length - 400_000 }
    expect(findPadding(memoryBytes(whole), part)).toEqual({
      bytes: part.end - part.start - 10,
      rest: [{ start: rest.start + 70_000, end: rest.end + 70_000 }],
    })
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

function parts(runs: readonly [number, number][]) {
  const content = Buffer.concat(runs.map(([byte, length]) => Buffer.alloc(length, byte)))
  return partsBetweenErased(memoryBytes(content), { start: 0, end: content.length })
}

describe('the parts between erased sectors', () => {
  it('are what was written, without the padding at its ends', () => {
    const flash = parts([
      [7, 5000],
      [0xff, 3192 + 8192],
      [9, 4096],
      [0, 4096 * 40],
      [8, 100],
    ])
    expect(flash).toEqual([
      { start: 0, end: 5000 },
      { start: 16_384, end: 20_480 },
      { start: 184_320, end: 184_420 },
    ])
  })

  it('are the whole stretch where no whole sector is erased, or too little of it for its size', () => {
    expect(
      parts([
        [7, 100],
        [0xff, 8000],
        [7, 92],
      ]),
    ).toEqual([{ start: 0, end: 8192 }])
    expect(
      parts([
        [7, 4_194_304],
        [0xff, 4096],
        [7, 4_194_304],
      ]),
    ).toHaveLength(1)
  })

  it('stay few, whatever the bytes are', () => {
    const sector = (byte: number): [number, number] => [byte, 4096]
    const many = Array.from({ length: 4096 }, (_, index) => sector(index % 2 === 0 ? 7 : 0xff))
    expect(parts(many).length).toBe(1)
    expect(parts(many.slice(0, 1024)).length).toBe(512)
  })
})
