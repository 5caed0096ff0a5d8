import { describe, expect, it } from 'vitest'
import { type NrvVariant, nrvDecompress } from './index.ts'

/** Bits as a string of 0 and 1, bytes as numbers, in the order in which they are read; words of eight bits. */
function packed(...parts: readonly (string | number)[]): Uint8Array {
  const bytes: number[] = []
  let word = -1
  let left = 0
  for (const part of parts) {
    if (typeof part === 'number') bytes.push(part)
    else
      for (const bit of part) {
        if (left === 0) {
          word = bytes.push(0) - 1
          left = 8
        }
        left--
        bytes[word] = (bytes[word] as number) | (Number(bit) << left)
      }
  }
  return Uint8Array.from(bytes)
}

function unpacked(input: Uint8Array, variant: NrvVariant, room = 64): string {
  const out = Buffer.alloc(room)
  return out.toString('latin1', 0, nrvDecompress(input, out, variant, 8))
}

const A = 0x61
const B = 0x62
/** What stands before the byte 0xff in an offset of all ones. */
const END_2B = '000000000000000000000000000000000000000000001001'
const END_2D = '00010010010010010010010010010010010101'

describe('NRV', () => {
  // Two literals, a match of three bytes from two back, one of four with the same offset, and the end.
  it.each<[NrvVariant, Uint8Array]>([
    ['nrv2b', packed('1', A, '1', B, '0', '11', 1, '10', '0', '01', '11', '0', END_2B, 0xff)],
    ['nrv2d', packed('1', A, '1', B, '0', '11', 2, '0', '0', '01', '1', '1', '0', END_2D, 0xff)],
    ['nrv2e', packed('1', A, '1', B, '0', '11', 2, '1', '0', '01', '0', '1', '0', '0', END_2D, 0xff)],
  ])('copies literals and matches of %s', (variant, input) => {
    expect(unpacked(input, variant)).toBe('ababababa')
  })

  it('refuses what reaches too far back, is cut off, or has no room', () => {
    expect(() => unpacked(packed('1', A), 'nrv2b')).toThrow(/ends early/)
    expect(() => unpacked(packed('1', A, '1', A, '1', A), 'nrv2d', 2)).toThrow(/room/)
    expect(() => unpacked(packed('1', A, '0', '11', 5, '01', '0'), 'nrv2b')).toThrow(/too far back/)
  })
})
