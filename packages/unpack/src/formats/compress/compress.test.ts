import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collectStream } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { LINES } from '../../testing/streams.ts'
import { compress } from './index.ts'

function decode(content: Buffer, at = 0) {
  return collectStream((write) => compress.decode(memoryBytes(content), at, write))
}

/** What `seq 1 3000` prints, then noise that makes compress clear its table, then it again. */
const CLEARED = fixture('compress', 'clears.Z')

describe('compress', () => {
  it.each(fixturesOf('compress', 'positive').filter(({ name }) => name.startsWith('numbers')))(
    'decodes $name',
    ({ content }) => {
      const { content: plain, end } = decode(Buffer.concat([Buffer.alloc(33, 0x55), content]), 33)
      expect(plain.toString()).toBe(LINES)
      expect(end).toEqual({ end: 33 + content.length, checksum: 'none' })
    },
  )

  it('goes on behind a table that was cleared', () => {
    const { content, end } = decode(CLEARED)
    expect(end.problem).toBeUndefined()
    expect(content.subarray(0, LINES.length).toString()).toBe(LINES)
    expect(content.subarray(-LINES.length).toString()).toBe(LINES)
  })

  it('delivers what comes before a cut and before a code that cannot be', () => {
    const file = fixture('compress', 'numbers-16.Z')
    const cut = decode(file.subarray(0, 2000)).content.toString()
    expect(cut.length).toBeGreaterThan(2000)
    expect(LINES.startsWith(cut)).toBe(true)
    const { content, end } = decode(Buffer.concat([file.subarray(0, 2000), Buffer.alloc(99, 0xff)]))
    expect(content.toString().slice(0, cut.length - 16)).toBe(cut.slice(0, -16))
    expect(end.problem).toMatchObject({ code: 'corrupt' })
  })
})

for (const { content } of fixturesOf('compress', 'positive'))
  hostileSuite({ format: compress, fixture: content })
