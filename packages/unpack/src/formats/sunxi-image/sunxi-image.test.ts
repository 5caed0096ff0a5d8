import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { sunxiImage } from './index.ts'

describe('sunxi-image', () => {
  it.each([
    ['old.img', 'vrootfs.fex'],
    ['new.img', 'Vrootfs.fex'],
  ])('gives the items of %s', (name, sum) => {
    const { contents, problems } = collect(sunxiImage, fixture('sunxi-image', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['sys_config.fex', 'rootfs.fex', sum])
    expect(contents.get('rootfs.fex')?.toString()).toBe(lines(1, 300))
  })

  it('tells a sum that differs, and what is cut off', () => {
    const image = fixture('sunxi-image', 'new.img')
    for (const damaged of [image, fixture('sunxi-image', 'old.img')]) {
      damaged[damaged.indexOf('\n100\n')] = 0
      expect(collect(sunxiImage, damaged).problems).toMatchObject([{ code: 'checksum', path: 'rootfs.fex' }])
    }
    expect(collect(sunxiImage, image.subarray(0, 5200)).problems).toMatchObject([
      { code: 'truncated' },
      { code: 'truncated', path: 'rootfs.fex' },
      { code: 'truncated', path: 'Vrootfs.fex' },
    ])
  })
})

hostileSuite({ format: sunxiImage, fixture: fixture('sunxi-image', 'old.img') })
hostileSuite({ format: sunxiImage, fixture: fixture('sunxi-image', 'new.img') })
