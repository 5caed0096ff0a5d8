import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { postscript } from './index.ts'

const update = fixture('postscript', 'update.ps')

describe('postscript', () => {
  it('gives what an update reads out of its own text', () => {
    const { contents, problems } = collect(postscript, update)
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, String(content)])).toEqual([
      ['payload-1', '/checked true def\n'],
      ['payload-2', lines(1, 400)],
    ])
  })

  it('does not read a text again for each filter in it', () => {
    const many = Buffer.from(`%!PS\n${'currentfile /ASCII85Decode filter exec\n'.repeat(20_000)}`)
    const { contents } = collect(postscript, many)
    expect(postscript.recognise(memoryBytes(many), 0)).toEqual({ start: 0, end: many.length })
    expect([...contents.values()].every((content) => content.length < 100)).toBe(true)
  })
})

hostileSuite({ format: postscript, fixture: update })
