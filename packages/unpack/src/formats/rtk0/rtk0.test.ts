import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { rtk0 } from './index.ts'

describe('rtk0', () => {
  it('gives its content', () => {
    for (const { content } of fixturesOf('rtk0', 'positive')) {
      const { contents, problems } = collect(rtk0, content)
      expect(problems).toEqual([])
      expect(contents.get('firmware')?.toString()).toBe(lines(1, 300))
    }
  })

  it('tells what is cut off', () => {
    const image = fixture('rtk0', 'router.bin')
    expect(collect(rtk0, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware' },
    ])
  })
})

hostileSuite({
  format: rtk0,
  fixture: fixture('rtk0', 'router.bin'),
  needsItsEnd: 'there is one content only',
})
