import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BytesError, memoryBytes } from './bytes.ts'
import { isJoined, joinedBytes } from './joined.ts'

describe('joined bytes', () => {
  it('are what they would be in one piece, wherever they are looked at', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 6 }),
        fc.nat(60),
        fc.nat(60),
        (parts, at, length) => {
          const whole = Buffer.concat(parts)
          const bytes = joinedBytes(parts.map(memoryBytes))
          expect(bytes.size).toBe(whole.length)
          expect(bytes.starts.map((start) => start <= whole.length)).not.toContain(false)
          const target = new Uint8Array(length)
          if (at + length > whole.length) {
            expect(() => bytes.view(at, length)).toThrow(BytesError)
            expect(() => bytes.copy(at, target)).toThrow(BytesError)
            return
          }
          expect(Buffer.from(bytes.view(at, length))).toEqual(whole.subarray(at, at + length))
          bytes.copy(at, target)
          expect(Buffer.from(target)).toEqual(whole.subarray(at, at + length))
        },
      ),
    )
  })

  it('are told from others', () => {
    expect(isJoined(joinedBytes([]))).toBe(true)
    expect(isJoined(memoryBytes(new Uint8Array(1)))).toBe(false)
  })
})
