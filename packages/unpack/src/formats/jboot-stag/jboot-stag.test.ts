import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { jbootStag } from './index.ts'

describe('jboot-stag', () => {
  it.each(['sysupgrade.bin', 'factory.bin'])('gives kernel and root file system of %s', (name) => {
    const { contents, problems } = collect(jbootStag, fixture('jboot-stag', name))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['kernel', lines(1, 400)],
      ['rootfs', lines(401, 600)],
    ])
  })

  it('tells checksums that differ, and what is cut off', () => {
    const image = fixture('jboot-stag', 'sysupgrade.bin')
    expect(collect(jbootStag, image.subarray(0, 1800)).problems).toMatchObject([
      { code: 'truncated', path: 'rootfs' },
    ])
    for (const at of [100, 2000]) image[at] = (image[at] as number) ^ 1
    expect(collect(jbootStag, image).problems).toMatchObject([
      { code: 'checksum' },
      { code: 'checksum', path: 'kernel' },
      { code: 'checksum', path: 'rootfs' },
    ])
  })
})

hostileSuite({ format: jbootStag, fixture: fixture('jboot-stag', 'sysupgrade.bin') })
hostileSuite({ format: jbootStag, fixture: fixture('jboot-stag', 'factory.bin') })
