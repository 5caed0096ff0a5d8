import { describe, expect, it } from 'vitest'
import { codeLengths } from './adaptive-code.ts'
import { lzms } from './lzms.ts'
import { DISTANCE_SLOTS, distanceSymbols, LENGTH_SLOTS } from './slots.ts'
import { undoX86 } from './x86.ts'

describe('lzms', () => {
  it('counts distances and lengths as far as its makers do', () => {
    expect(DISTANCE_SLOTS.bits).toHaveLength(799)
    expect(DISTANCE_SLOTS.bases.at(-1)).toBe(0x065b_e4a5)
    expect(LENGTH_SLOTS.bits).toHaveLength(54)
    expect(LENGTH_SLOTS.bases.at(-1)).toBe(0x1_08ab)
    expect([0, 1, 2, 9, 10, 14].map(distanceSymbols)).toEqual([0, 0, 1, 8, 9, 10])
  })

  it('joins a symbol before what was joined, of two that came equally often', () => {
    expect([...codeLengths(Uint32Array.of(1, 1, 2, 2))]).toEqual([2, 2, 2, 2])
    expect([...codeLengths(Uint32Array.of(8, 4, 2, 1, 1))]).toEqual([1, 2, 3, 4, 4])
    expect([...codeLengths(Uint32Array.of(5))]).toEqual([1])
    expect(codeLengths(new Uint32Array(0))).toHaveLength(0)
  })

  it('makes targets relative where two instructions mean one place', () => {
    const calls = (second: number, third: number) => {
      const data = Buffer.alloc(64)
      for (const [at, target] of [
        [8, 0x100],
        [16, second],
        [24, third],
      ] as const) {
        data[at] = 0xe8
        data.writeInt32LE(target, at + 1)
      }
      return data
    }
    // The first two are as they were, and mean one place; the third is believed to be a call.
    const data = calls(0xf8, 0x108)
    undoX86(data)
    expect(data.equals(calls(0xf8, 0x108 - 24))).toBe(true)
  })

  it.each([
    ['an odd number of bytes', Buffer.alloc(5), 9, /5 bytes/],
    ['nothing', Buffer.alloc(0), 9, /0 bytes/],
    ['less than it takes', Buffer.alloc(4), 100_000, /ends within/],
    ['a match of what is not there', Buffer.alloc(4, 0xff), 9, /far back|over the end/],
  ])('refuses %s', (_, input, size, why) => {
    expect(() => lzms(input, new Uint8Array(size))).toThrow(why)
  })
})
