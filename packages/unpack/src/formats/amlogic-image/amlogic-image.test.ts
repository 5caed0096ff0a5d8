import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { amlogicImage } from './index.ts'

describe('amlogic-image', () => {
  it.each(['v1.img', 'v2.img'])('gives the items of %s', (name) => {
    const { region, contents, problems } = collect(amlogicImage, fixture('amlogic-image', name))
    expect(problems).toEqual([])
    expect(region.end).toBe(fixture('amlogic-image', name).length)
    expect([...contents.keys()].toSorted()).toEqual(
      [
        'DDR.USB',
        'UBOOT.USB',
        'aml_sdc_burn.ini',
        'meson1.dtb',
        'platform.conf',
        'system.PARTITION',
        'system.VERIFY',
      ].toSorted(),
    )
    expect(contents.get('system.PARTITION')?.toString()).toBe(lines(1, 300))
  })

  it('tells checksums that differ, and what is cut off', () => {
    const image = fixture('amlogic-image', 'v2.img')
    image[image.indexOf('\n100\n')] = 0
    expect(collect(amlogicImage, image).problems).toMatchObject([
      { code: 'checksum' },
      { code: 'checksum', path: 'system.PARTITION' },
    ])
    expect(collect(amlogicImage, image.subarray(0, image.length - 100)).problems).toMatchObject([
      { code: 'truncated' },
      { code: 'truncated', path: 'system.PARTITION' },
      { code: 'truncated', path: 'system.VERIFY' },
    ])
  })
})

hostileSuite({ format: amlogicImage, fixture: fixture('amlogic-image', 'v1.img') })
hostileSuite({ format: amlogicImage, fixture: fixture('amlogic-image', 'v2.img') })
