import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { hpBdl } from './index.ts'

describe('hp-bdl', () => {
  it('gives what the table of contents leads to', () => {
    const { contents, problems } = collect(hpBdl, fixture('hp-bdl', 'two.bdl'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['ipkg-0', '1.2.3\n'],
      ['ipkg-1', lines(1, 100)],
    ])
  })
})

hostileSuite({ format: hpBdl, fixture: fixture('hp-bdl', 'two.bdl') })
