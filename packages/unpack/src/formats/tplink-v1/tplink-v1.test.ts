import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { tplinkV1 } from './index.ts'
import { parseTplinkV1 } from './parse.ts'

const KERNEL = lines(1, 400)
const ROOTFS = lines(401, 800)

/** Where the header says how long the image is. */
const LENGTH = 0x7c

describe('tplink-v1', () => {
  it('tells an MD5 that differs where what fills the flash is left out', () => {
    const image = fixture('tplink-v1', 'region.bin').subarray(0, 0x10800)
    const { contents, problems } = collect(tplinkV1, image)
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['kernel', 'rootfs'])
    image[0x300] = 0
    expect(collect(tplinkV1, image).problems).toMatchObject([{ code: 'checksum' }])
  })

  it('splits a whole image, whose MD5 holds', () => {
    const { region, contents, problems } = collect(tplinkV1, fixture('tplink-v1', 'whole.bin'))
    expect(problems).toEqual([])
    expect(region.end).toBe(0x3c0000)
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['kernel', KERNEL],
      ['rootfs', ROOTFS],
    ])
  })

  it('ends behind the kernel where the root file system is not counted', () => {
    const image = fixture('tplink-v1', 'combined.bin')
    const { region, contents, problems } = collect(tplinkV1, Buffer.concat([image, Buffer.alloc(99, 0xff)]))
    expect(problems).toEqual([])
    expect(region.end).toBe(image.length)
    expect(contents.get('kernel')?.toString()).toBe(KERNEL)
  })

  it('reaches to the end of a root file system that is counted where no length is told', () => {
    const image = fixture('tplink-v1', 'whole.bin')
    image.writeUInt32BE(0, LENGTH)
    const { region, contents } = collect(tplinkV1, image)
    expect(region.end).toBeLessThan(image.length)
    expect(contents.get('rootfs')?.toString()).toBe(ROOTFS)
  })

  it('tells what the header says', () => {
    expect(parseTplinkV1(memoryBytes(fixture('tplink-v1', 'whole.bin')), 0)).toMatchObject({
      vendor: 'TP-LINK Technologies',
      firmwareVersion: 'ver. 1.0',
      hardwareId: 0x0740_0103,
      hardwareRevision: 1,
      loadAddress: 0x8000_2000,
      length: 0x3c0000,
    })
  })

  it('gives the boot loader of images that have one', () => {
    const image = fixture('tplink-v1', 'whole.bin')
    image.write('boot loader', 0x8000, 'latin1')
    image.writeUInt32BE(0x8000 - 512, 0x90)
    image.writeUInt32BE(11, 0x94)
    const { contents, problems } = collect(tplinkV1, image)
    expect(contents.get('bootloader')?.toString()).toBe('boot loader')
    expect(problems).toMatchObject([{ code: 'checksum', message: 'the MD5 differs' }])
  })

  it('tells an image that is cut off from one that is damaged', () => {
    const image = fixture('tplink-v1', 'whole.bin')
    const { contents, problems } = collect(tplinkV1, image.subarray(0, 0x10000 + 100))
    expect(contents.get('kernel')?.toString()).toBe(KERNEL)
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'rootfs' }])
    image[0x20000] = 0
    expect(collect(tplinkV1, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({
  format: tplinkV1,
  fixture: fixture('tplink-v1', 'combined.bin'),
  needsItsEnd: 'there is one content only',
})
