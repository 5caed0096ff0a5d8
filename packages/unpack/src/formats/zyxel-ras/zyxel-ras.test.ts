import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { zyxelRas } from './index.ts'

describe('zyxel-ras', () => {
  it('gives the root file system, and the kernel where there is one', () => {
    const both = collect(zyxelRas, fixture('zyxel-ras', 'both.bin'))
    expect(both.problems).toEqual([])
    expect([...both.contents.keys()]).toEqual(['rootfs', 'kernel'])
    expect(both.contents.get('rootfs')?.toString()).toBe(lines(1, 20).padEnd(500, '\0'))
    expect(both.contents.get('kernel')?.toString()).toBe(lines(1, 300))
    const single = collect(zyxelRas, fixture('zyxel-ras', 'rootfs.bin'))
    expect(single.problems).toEqual([])
    expect([...single.contents.keys()]).toEqual(['rootfs'])
  })

  it('tells sums that differ, and what is cut off', () => {
    const image = fixture('zyxel-ras', 'rootfs.bin')
    image[image.length - 1] = 1
    expect(collect(zyxelRas, image).problems).toMatchObject([{ code: 'checksum', path: 'rootfs' }])
    const both = fixture('zyxel-ras', 'both.bin')
    expect(collect(zyxelRas, both.subarray(0, -9)).problems).toMatchObject([
      { code: 'truncated', path: 'kernel' },
    ])
  })
})

hostileSuite({
  format: zyxelRas,
  fixture: fixture('zyxel-ras', 'rootfs.bin'),
  needsItsEnd: 'there is one content only',
})
hostileSuite({ format: zyxelRas, fixture: fixture('zyxel-ras', 'both.bin') })
