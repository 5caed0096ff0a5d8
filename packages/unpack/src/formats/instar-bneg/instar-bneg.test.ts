import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { instarBneg } from './index.ts'

describe('instar-bneg', () => {
  it('gives the partitions', () => {
    const { contents, problems } = collect(instarBneg, fixture('instar-bneg', 'two.bneg'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['partition-1', lines(1, 100)],
      ['partition-2', 'root\n'.repeat(50)],
    ])
    expect([...collect(instarBneg, fixture('instar-bneg', 'one.bneg')).contents.keys()]).toEqual([
      'partition-2',
    ])
  })
})

hostileSuite({
  format: instarBneg,
  fixture: fixture('instar-bneg', 'two.bneg'),
  needsItsEnd: 'nothing else vouches for it',
})
