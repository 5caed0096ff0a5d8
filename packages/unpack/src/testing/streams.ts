import { memoryBytes } from '@messlatte/bytes'
import { expect, it } from 'vitest'
import type { StreamFormat } from '../contract.ts'
import { collectStream } from './collect.ts'
import { fixturesOf } from './fixtures.ts'
import { hostileSuite } from './hostile.ts'

/** What `seq 1 3000` prints: the content of the fixtures of streams. */
export const LINES = Array.from({ length: 3000 }, (_, index) => `${index + 1}\n`).join('')

/** What every stream has to do; `checked` says whether its own checksums cover the content. */
export function streamSuite(format: StreamFormat, checked: (fixture: string) => boolean): void {
  const fixtures = fixturesOf(format.name, 'positive')

  it.each(fixtures)('decodes $name up to its exact end', ({ name, content }) => {
    const bytes = memoryBytes(Buffer.concat([Buffer.alloc(33, 0x55), content, Buffer.alloc(99, 0x55)]))
    const result = collectStream((write) => format.decode(bytes, 33, write))
    expect(result.content.toString()).toBe(name.startsWith('empty') ? '' : LINES)
    expect(result.end).toMatchObject({
      end: 33 + content.length,
      checksum: checked(name) ? 'matches' : 'none',
    })
    expect(result.end.problem).toBeUndefined()
  })

  it.each(fixtures.filter(({ name }) => !name.startsWith('empty')))(
    'delivers what comes before a cut in $name, and says so',
    ({ content }) => {
      const bytes = memoryBytes(content.subarray(0, Math.floor(content.length * 0.8)))
      const result = collectStream((write) => format.decode(bytes, 0, write))
      expect(LINES.startsWith(result.content.toString())).toBe(true)
      expect(result.end.problem).toBeDefined()
    },
  )

  for (const { content } of fixtures) hostileSuite({ format, fixture: content })
}
