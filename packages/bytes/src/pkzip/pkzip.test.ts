import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../bytes.ts'
import { explode } from './implode.ts'
import { unshrink } from './shrink.ts'

function bytesOf(...fields: readonly (readonly [value: number, bits: number])[]) {
  const bits = fields.flatMap(([value, count]) =>
    Array.from({ length: count }, (_, bit) => (value >>> bit) & 1),
  )
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (const [index, bit] of bits.entries())
    bytes[index >>> 3] = (bytes[index >>> 3] as number) | (bit << (index & 7))
  return memoryBytes(bytes)
}

function collected(decode: (write: (chunk: Uint8Array) => void) => void): string {
  const pieces: Buffer[] = []
  decode((chunk) => pieces.push(Buffer.from(chunk)))
  return Buffer.concat(pieces).toString('latin1')
}

const codes = (...list: readonly number[]) => bytesOf(...list.map((code): [number, number] => [code, 9]))

describe('shrink', () => {
  it('reads a code that is made by itself', () => {
    expect(collected((write) => unshrink(codes(0x61, 257, 258), 6, write))).toBe('aaaaaa')
  })

  it.each([
    ['a first code that is not there', codes(300), 'corrupt'],
    [
      'a code that is not there behind room that was made',
      codes(0x61, 0x62, 256, 2, 257, 257, 400),
      'corrupt',
    ],
    ['an order that there is not', codes(0x61, 256, 3), 'corrupt'],
    [
      'codes of more than 13 bits',
      bytesOf(
        ...[9, 10, 11, 12, 13].flatMap((bits): [number, number][] => [
          [256, bits],
          [1, bits],
        ]),
      ),
      'corrupt',
    ],
    ['what ends early', codes(0x61), 'truncated'],
  ])('refuses %s', (_what, source, code) => {
    expect(() => collected((write) => unshrink(source, 100, write))).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('implode', () => {
  /** 64 codes of six bits each: four pairs that say sixteen times six. */
  const flat: readonly [number, number][] = [
    [3, 8],
    ...Array.from({ length: 4 }, (): [number, number] => [0xf5, 8]),
  ]
  const options = { large: false, literals: false }

  it('takes zeros for what came before anything', () => {
    // A match of two bytes, 64 back: all bits of its codes are inverted zeros.
    const source = bytesOf(...flat, ...flat, [0, 1], [63, 6], [63, 6], [63, 6], [1, 1], [0x61, 8])
    expect(collected((write) => explode(source, options, 3, write))).toBe('\0\0a')
  })

  it.each([
    [
      'more lengths than symbols',
      bytesOf([4, 8], ...Array.from({ length: 5 }, (): [number, number] => [0xf5, 8])),
      'corrupt',
    ],
    ['fewer lengths than symbols', bytesOf([0, 8], [0xf5, 8]), 'corrupt'],
    ['what ends early', bytesOf(...flat, ...flat, [1, 1]), 'truncated'],
  ])('refuses %s', (_what, source, code) => {
    expect(() => collected((write) => explode(source, options, 100, write))).toThrow(
      expect.objectContaining({ code }),
    )
  })
})
