import { memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Rope } from './rope.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('a changed file as a plan', () => {
  it('holds what splices of a buffer hold, and its changes make it out of the original', () => {
    const edit = fc.record({ at: fc.nat(40), remove: fc.nat(10), insert: fc.uint8Array({ maxLength: 6 }) })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(edit, { maxLength: 6 }), (original, edits) => {
        let rope = Rope.of(memoryBytes(original))
        let plain = Buffer.from(original)
        for (const { at, remove, insert } of edits) {
          const from = Math.min(at, plain.length)
          const count = Math.min(remove, plain.length - from)
          rope = rope.splice(from, count, insert)
          plain = Buffer.concat([plain.subarray(0, from), insert, plain.subarray(from + count)])
        }
        expect(hex(rope.view(0, rope.size))).toBe(hex(plain))
        let again = Buffer.alloc(0)
        let next = 0
        for (const { offset, newOffset, removed, inserted } of rope.changes()) {
          again = Buffer.concat([again, original.subarray(next, offset), inserted])
          expect(again.length).toBe(newOffset + inserted.length)
          next = offset + removed
        }
        expect(hex(Buffer.concat([again, original.subarray(next)]))).toBe(hex(plain))
      }),
    )
  })

  it('tells the one byte of a flipped bit, and nothing of what was put back', () => {
    const rope = Rope.of(memoryBytes(Buffer.from('abcdef'))).flip(2)
    expect(rope.changes()).toMatchObject([
      { offset: 2, newOffset: 2, removed: 1, inserted: Buffer.from('b') },
    ])
    expect(rope.flip(2).changes()).toEqual([])
  })

  it('refuses what lies outside', () => {
    const rope = Rope.of(memoryBytes(Buffer.alloc(4)))
    expect(() => rope.view(2, 3)).toThrow('outside')
    expect(() => rope.splice(5, 0)).toThrow('outside')
  })
})
