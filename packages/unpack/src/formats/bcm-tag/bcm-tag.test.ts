import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { bcmTag } from './index.ts'
import { parseBcmTag } from './parse.ts'

/** OpenWrt's tool puts a header of twelve bytes in front of the kernel. */
const KERNEL = 12

describe('bcm-tag', () => {
  it.each([
    ['kernel-first.bin', ['kernel', 'rootfs']],
    ['pirelli.bin', ['kernel', 'rootfs']],
    ['speedport.bin', ['kernel', 'rootfs']],
    ['rootfs-first.bin', ['rootfs', 'kernel']],
    ['with-cfe.bin', ['cfe', 'rootfs', 'kernel']],
    ['kernel-first-with-cfe.bin', ['cfe', 'kernel', 'rootfs']],
  ])('splits %s', (name, paths) => {
    const { contents, problems } = collect(bcmTag, fixture('bcm-tag', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(paths)
    expect(contents.get('kernel')?.subarray(KERNEL).toString('latin1')).toBe(lines(1, 200))
    expect(contents.get('rootfs')?.toString('latin1')).toContain(lines(201, 400))
    if (paths.includes('cfe')) expect(contents.get('cfe')?.toString()).toBe(lines(401, 420))
  })

  it('tells what the tag says', () => {
    expect(parseBcmTag(memoryBytes(fixture('bcm-tag', 'with-cfe.bin')), 0)).toMatchObject({
      version: '6',
      chip: '6358',
      board: '96358VW',
    })
  })

  it('tells checksums that differ, and what is cut off', () => {
    const image = fixture('bcm-tag', 'kernel-first.bin')
    expect(collect(bcmTag, image.subarray(0, 1200)).problems).toMatchObject([
      { code: 'truncated', path: 'rootfs' },
    ])
    image[300] = (image[300] as number) ^ 1
    expect(collect(bcmTag, image).problems).toMatchObject([
      { code: 'checksum', path: 'kernel' },
      { code: 'checksum' },
    ])
  })
})

hostileSuite({ format: bcmTag, fixture: fixture('bcm-tag', 'kernel-first.bin') })
hostileSuite({ format: bcmTag, fixture: fixture('bcm-tag', 'with-cfe.bin') })
