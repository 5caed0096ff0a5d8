import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { sunxiEgon } from './index.ts'

describe('sunxi-egon', () => {
  it('gives its program', () => {
    const image = fixture('sunxi-egon', 'spl.egon')
    const { region, contents, problems } = collect(sunxiEgon, Buffer.concat([image, Buffer.alloc(64, 0xff)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect(contents.get('program')?.toString('latin1')).toContain('1\n2\n3\n')
  })

  it('tells a sum that differs, and an end that is not there', () => {
    const image = fixture('sunxi-egon', 'spl.egon')
    expect(collect(sunxiEgon, image.subarray(0, 600)).problems).toMatchObject([{ code: 'truncated' }])
    image[300] = (image[300] ?? 0) ^ 1
    expect(collect(sunxiEgon, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({
  format: sunxiEgon,
  fixture: fixture('sunxi-egon', 'spl.egon'),
  needsItsEnd: 'its one content ends with it',
})
