import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { draytek } from './index.ts'

describe('draytek', () => {
  it('gives kernel and root file system', () => {
    const { contents, problems } = collect(draytek, fixture('draytek', 'vigor.bin'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['kernel', lines(1, 100)],
      ['rootfs', 'root\n'.repeat(50)],
    ])
  })
})

hostileSuite({
  format: draytek,
  fixture: fixture('draytek', 'vigor.bin'),
  needsItsEnd: 'its footer comes last',
})
