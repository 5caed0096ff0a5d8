import { describe, expect, it } from 'vitest'
import { lznt1 } from './index.ts'

function unpacked(hex: string, size: number): string {
  const out = Buffer.alloc(size, '.')
  const filled = lznt1(Buffer.from(hex, 'hex'), out)
  return out.toString('latin1', 0, filled)
}

describe('lznt1', () => {
  it('takes what is not compressed as it is, and ends at a zero', () => {
    expect(unpacked('0230616263000061', 4096)).toBe(`abc${'.'.repeat(4093)}`)
  })

  it('copies what came before, also what a match itself writes', () => {
    // "ab", and a match of eight bytes that reaches two bytes back.
    expect(unpacked('04b0046162051000', 10)).toBe('ababababab')
    expect(() => unpacked('04b0046162052000', 10)).toThrow(/too far back/)
    expect(() => unpacked('03b004616205', 10)).toThrow(/cut off/)
  })
})
