import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../bytes.ts'
import { inflate64Stream } from './deflate64.ts'

function inflated(content: Uint8Array): { readonly end: number; readonly plain: Buffer } {
  const pieces: Buffer[] = []
  const end = inflate64Stream(memoryBytes(content), 0, (chunk) => pieces.push(Buffer.from(chunk)))
  return { end, plain: Buffer.concat(pieces) }
}

/** Writes numbers least significant bit first, as the format does. */
function bitsOf(...numbers: readonly (readonly [value: number, bits: number])[]): Uint8Array {
  const bits = numbers.flatMap(([value, count]) =>
    Array.from({ length: count }, (_, bit) => (value >>> bit) & 1),
  )
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (const [index, bit] of bits.entries())
    bytes[index >>> 3] = (bytes[index >>> 3] as number) | (bit << (index & 7))
  return bytes
}

describe('deflate64', () => {
  it('reads what DEFLATE writes where neither its longest match nor its farthest is in it', () => {
    const plain = Buffer.from(Array.from({ length: 5000 }, (_, index) => `${index * 7919}\n`).join(''))
    for (const options of [{ level: 0 }, { level: 9 }, { level: 9, strategy: 4 }]) {
      const packed = deflateRawSync(plain, options)
      const { end, plain: out } = inflated(Buffer.concat([packed, Buffer.alloc(9, 0xaa)]))
      expect(out.equals(plain)).toBe(true)
      expect(end).toBe(packed.length)
    }
  })

  it('reads a match of 65538 bytes, which DEFLATE has not', () => {
    // Fixed codes: the literal "a", the length class 285 with 65535, the distance 1, the end.
    const literal = 0b10001001 // 0x61 + 0x30 = 0b10010001, most significant bit first
    const packed = bitsOf([1, 1], [1, 2], [literal, 8], [0b10100011, 8], [0xffff, 16], [0, 5], [0, 7])
    const { plain } = inflated(packed)
    expect(plain.equals(Buffer.alloc(65_539, 'a'))).toBe(true)
  })

  it.each([
    ['a block of a kind that there is not', bitsOf([1, 1], [3, 2]), 'corrupt'],
    ['a stored block whose length differs', bitsOf([1, 1], [0, 2], [0, 5], [1, 16], [1, 16]), 'corrupt'],
    [
      'a stored block that is cut off',
      bitsOf([1, 1], [0, 2], [0, 5], [2, 16], [0xfffd, 16], [1, 8]),
      'truncated',
    ],
    ['a match before the start', bitsOf([1, 1], [1, 2], [0b1000000, 7], [0, 5]), 'corrupt'],
    ['nothing', new Uint8Array(0), 'truncated'],
  ])('refuses %s', (_what, packed, code) => {
    expect(() => inflated(packed)).toThrow(expect.objectContaining({ code }))
  })
})
