import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { hpIpkg } from './index.ts'

describe('hp-ipkg', () => {
  it('gives what the table of contents leads to', () => {
    const { contents, problems } = collect(hpIpkg, fixture('hp-ipkg', 'two.ipkg'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['version.txt', '1.2.3\n'],
      ['lines.txt', lines(1, 100)],
    ])
  })
})

hostileSuite({ format: hpIpkg, fixture: fixture('hp-ipkg', 'two.ipkg') })
