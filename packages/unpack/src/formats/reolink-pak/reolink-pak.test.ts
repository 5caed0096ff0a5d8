import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { reolinkPak } from './index.ts'

describe('reolink-pak', () => {
  it.each(['narrow.pak', 'wide.pak'])('gives the sections of %s', (name) => {
    const { contents, problems } = collect(reolinkPak, fixture('reolink-pak', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['00_loader.bin', '01_fdt.bin', '02_rootfs.bin'])
    expect(contents.get('02_rootfs.bin')?.toString()).toBe(lines(1, 300))
  })

  it('tells a CRC that differs, and what is cut off', () => {
    const image = fixture('reolink-pak', 'narrow.pak')
    expect(collect(reolinkPak, image.subarray(0, 800)).problems).toMatchObject([
      { code: 'truncated', path: '02_rootfs.bin' },
    ])
    image[image.length - 1] = 0
    expect(collect(reolinkPak, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({ format: reolinkPak, fixture: fixture('reolink-pak', 'narrow.pak') })
hostileSuite({ format: reolinkPak, fixture: fixture('reolink-pak', 'wide.pak') })
