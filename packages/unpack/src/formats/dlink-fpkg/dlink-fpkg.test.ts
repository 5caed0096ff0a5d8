import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { dlinkFpkg } from './index.ts'

describe('dlink-fpkg', () => {
  it.each(['firewall.fpkg', 'core.cpkg'])('gives the files of %s', (name) => {
    const { contents, problems } = collect(dlinkFpkg, fixture('dlink-fpkg', name))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['lines.txt', lines(1, 100)],
      ['signature', 'S'.repeat(64)],
    ])
  })
})

hostileSuite({ format: dlinkFpkg, fixture: fixture('dlink-fpkg', 'firewall.fpkg') })
hostileSuite({ format: dlinkFpkg, fixture: fixture('dlink-fpkg', 'core.cpkg') })
