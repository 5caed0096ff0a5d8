import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsWide, glued, padded, wrapped } from './wrap.ts'

describe('wrapped', () => {
  it('breaks between words', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three'])
  })

  it('breaks a word only where it is longer than a line', () => {
    expect(wrapped('ab 0123456789', 4)).toEqual(['ab', '0123', '4567', '89'])
  })

  it('keeps glued words together as long as they fit', () => {
    expect(wrapped(`x ${glued('a b')} y`, 4)).toEqual(['x', 'a b', 'y'])
    expect(wrapped(glued('aaa bbb'), 4)).toEqual(['aaa', 'bbb'])
  })

  it('counts wide and combining characters as a terminal does', () => {
    expect([columnsWide('大小'), columnsWide('e\u0301'), columnsWide('✗ x')]).toEqual([4, 1, 3])
    expect(padded('大', 4)).toBe('大  ')
  })

  it('never makes a line too wide and never loses a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrapped(text, width)
        for (const line of lines) expect(columnsWide(line)).toBeLessThanOrEqual(width)
        const bare = (it: string) => it.replaceAll(/[ \u00a0]/g, '')
        expect(bare(lines.join(''))).toBe(bare(text))
      }),
    )
  })
})
