import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { ascii85 } from './index.ts'

const numbers = fixture('ascii85', 'numbers.a85')

function decoded(text: Uint8Array) {
  return collectStream((write) => ascii85.decode(memoryBytes(text), 0, write))
}

describe('ascii85', () => {
  it('decodes lines, zeros in short, and a last group that is not full', () => {
    const { content, end } = decoded(numbers)
    expect(content.toString()).toBe(`${lines(1, 400)}${'\0'.repeat(9)}`)
    expect(end).toEqual({ end: numbers.length, checksum: 'none' })
  })

  it('decodes text that is longer than what is looked at in one go', () => {
    const text = Buffer.from(`<~${'87cUR'.repeat(50_000)}~>`)
    expect(decoded(text).content.toString()).toBe('Hell'.repeat(50_000))
    expect(decoded(Buffer.from(`<~${'z'.repeat(100_000)}~>`)).content.equals(Buffer.alloc(400_000))).toBe(
      true,
    )
  })

  it.each([
    ['breaks off', '<~87cURD]i', 'truncated'],
    ['has a character that is none of it', '<~87cUR{D]i~>', 'corrupt'],
    ['has a group that is too large', '<~uuuuu~>', 'corrupt'],
    ['has a last group of one digit', '<~87cURD~>', 'corrupt'],
    ['has half a mark', '<~87cUR~', 'corrupt'],
  ])('tells text that %s', (_what, text, code) => {
    expect(decoded(Buffer.from(text)).end.problem?.code).toBe(code)
  })
})

hostileSuite({ format: ascii85, fixture: numbers })
