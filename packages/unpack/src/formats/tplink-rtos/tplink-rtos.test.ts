import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, fixturesOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { tplinkRtos } from './index.ts'

describe('tplink-rtos', () => {
  it('gives its content', () => {
    for (const { content } of fixturesOf('tplink-rtos', 'positive')) {
      const { contents, problems } = collect(tplinkRtos, content)
      expect(problems).toEqual([])
      expect(contents.get('image')?.toString()).toBe(lines(1, 300))
    }
  })

  it('tells what is cut off', () => {
    const image = fixture('tplink-rtos', 'router.bin')
    expect(collect(tplinkRtos, image.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'image' },
    ])
  })
})

hostileSuite({
  format: tplinkRtos,
  fixture: fixture('tplink-rtos', 'router.bin'),
  needsItsEnd: 'there is one content only',
})
