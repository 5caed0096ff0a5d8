import { describe, expect, it } from 'vitest'
import { consistsOf } from './consists.ts'

describe('views that consist of one byte', () => {
  it.each([0, 1, 2, 47, 48, 49, 50, 4096])('are known by every byte of %s', (length) => {
    for (const byte of [0x00, 0xff]) {
      const view = new Uint8Array(length + 2).fill(byte ^ 0xff).fill(byte, 1, length + 1)
      const within = view.subarray(1, length + 1)
      expect(consistsOf(within, byte)).toBe(true)
      expect(consistsOf(within, 0x20)).toBe(length === 0)
      for (let at = 0; at < length; at++) {
        within[at] = byte ^ 1
        expect(consistsOf(within, byte)).toBe(false)
        within[at] = byte
      }
    }
  })

  it('may lie in shared memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(100)).fill(7)
    expect(consistsOf(shared, 7)).toBe(true)
    shared[99] = 8
    expect(consistsOf(shared, 7)).toBe(false)
  })
})
