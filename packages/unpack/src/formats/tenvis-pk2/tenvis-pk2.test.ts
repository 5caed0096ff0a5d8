import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { tenvisPk2 } from './index.ts'

describe('tenvis-pk2', () => {
  it('gives files and commands', () => {
    const { contents, problems } = collect(tenvisPk2, fixture('tenvis-pk2', 'update.pk2'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['command-0', 'killall app\0'],
      ['/app/lines.txt', lines(1, 100)],
      ['/app/empty', ''],
    ])
  })

  it('tells what is cut off', () => {
    const { problems } = collect(tenvisPk2, fixture('tenvis-pk2', 'update.pk2').subarray(0, 200))
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: '/app/lines.txt' }])
  })
})

hostileSuite({ format: tenvisPk2, fixture: fixture('tenvis-pk2', 'update.pk2') })
