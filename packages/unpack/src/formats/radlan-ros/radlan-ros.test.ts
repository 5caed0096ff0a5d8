import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { radlanRos } from './index.ts'

const little = fixture('radlan-ros', '1.01.ros')

describe('radlan-ros', () => {
  it.each(['1.01.ros', '2.00.ros'])('gives the parts of %s under their names', (name) => {
    const { contents, problems } = collect(radlanRos, fixture('radlan-ros', name))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, String(content)])).toEqual([
      ['CLI_FILE', lines(1, 100)],
      ['RSCODE', lines(1, 200)],
    ])
  })

  it('tells a part that is cut off', () => {
    const { contents, problems } = collect(radlanRos, little.subarray(0, -100))
    expect(problems).toMatchObject([{ code: 'truncated', path: 'RSCODE' }])
    expect(lines(1, 200).startsWith(String(contents.get('RSCODE')))).toBe(true)
  })
})

hostileSuite({ format: radlanRos, fixture: little })
