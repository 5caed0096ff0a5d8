import { describe, expect, it } from 'vitest'
import { xpressHuffman } from './index.ts'

/** Codes of one length each for the symbols, in 16 bits words behind the table. */
function packed(symbols: readonly number[], bits: number, ...tail: readonly number[]): Buffer {
  const table = Buffer.alloc(256)
  for (const symbol of symbols)
    table[symbol >> 1] = (table[symbol >> 1] as number) | (bits << (4 * (symbol & 1)))
  return Buffer.concat([table, Buffer.from(tail)])
}

function unpacked(input: Buffer, size: number): string {
  const out = Buffer.alloc(size)
  xpressHuffman(input, out)
  return out.toString('latin1')
}

describe('xpress', () => {
  it('takes symbols, and matches whose length goes on in bytes between the words', () => {
    // "a", "b", and a match two bytes back: 0 is "a", 10 is "b", 11 is the match; of its distance, one bit follows.
    const lengths = packed([0x61], 1)
    lengths[0x62 >> 1] = (lengths[0x62 >> 1] as number) | 2
    lengths[0x11f >> 1] = 2 << 4
    // 0 10 11 0, in a word of its own, and one behind it; then 5 more than 18.
    const input = Buffer.concat([lengths, Buffer.from([0, 0b0101_1000, 0, 0, 5])])
    expect(unpacked(input, 25)).toBe(`${'ab'.repeat(12)}a`)
  })

  it.each([
    ['a table that is cut', Buffer.alloc(9), 1, /table of codes/],
    ['codes that mean nothing', Buffer.alloc(300), 1, /means nothing/],
    ['less than it takes', packed([0x61, 0x62], 1, 0, 0), 99, /ends within/],
  ])('refuses %s', (_, input, size, why) => {
    expect(() => unpacked(input, size)).toThrow(why)
  })
})
