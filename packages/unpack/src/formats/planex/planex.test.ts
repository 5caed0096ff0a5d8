import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { planex } from './index.ts'

describe('planex', () => {
  it.each(['mzk-w04nu.bin', 'mzk-w300nh.bin'])('gives the image of %s', (name) => {
    const { contents, problems } = collect(planex, fixture('planex', name))
    expect(problems).toEqual([])
    expect(
      contents
        .get('image')
        ?.toString('latin1')
        .startsWith(`${lines(1, 300)}\xff`),
    ).toBe(true)
  })

  it('tells a SHA-1 that differs', () => {
    const image = fixture('planex', 'mzk-w04nu.bin')
    image[image.length - 1] = 1
    expect(collect(planex, image).problems).toMatchObject([{ code: 'checksum', path: 'image' }])
  })
})

hostileSuite({
  format: planex,
  fixture: fixture('planex', 'mzk-w04nu.bin').subarray(0, 4096),
  needsItsEnd: 'there is one content only',
})
