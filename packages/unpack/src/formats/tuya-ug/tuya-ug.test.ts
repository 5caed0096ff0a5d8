import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { tuyaUg } from './index.ts'

describe('tuya-ug', () => {
  it('gives its package', () => {
    const { contents, problems } = collect(tuyaUg, fixture('tuya-ug', 'update.ug'))
    expect(problems).toEqual([])
    expect(contents.get('package')?.equals(fixture('rbl', 'plain.rbl'))).toBe(true)
  })

  it('tells a sum that differs, and a package that is cut off', () => {
    const image = fixture('tuya-ug', 'update.ug')
    image[300] = 0
    expect(collect(tuyaUg, image).problems).toMatchObject([{ code: 'checksum' }])
    expect(collect(tuyaUg, image.subarray(0, 500)).problems).toMatchObject([
      { code: 'truncated', path: 'package' },
    ])
  })
})

hostileSuite({
  format: tuyaUg,
  fixture: fixture('tuya-ug', 'update.ug'),
  needsItsEnd: 'its one content ends with it',
})
