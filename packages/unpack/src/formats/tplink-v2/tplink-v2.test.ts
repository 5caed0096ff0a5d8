import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { tplinkV2 } from './index.ts'
import { parseTplinkV2 } from './parse.ts'

/** Where the header says the offset of the boot loader; its length follows. */
const BOOT_LOADER = 4 + 48 + 12 + 16 + 24 + 7 * 4

describe('tplink-v2', () => {
  it('splits a whole image, whose MD5 holds', () => {
    const { region, contents, problems } = collect(tplinkV2, fixture('tplink-v2', 'whole.bin'))
    expect(problems).toEqual([])
    expect(region.end).toBe(0x3c0000)
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['kernel', lines(1, 400)],
      ['rootfs', lines(401, 800)],
    ])
  })

  it('gives the boot loader of images that have one', () => {
    const { contents, problems } = collect(tplinkV2, fixture('tplink-v2', 'with-boot-loader.bin'))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString()])).toEqual([
      ['bootloader', lines(801, 900)],
      ['kernel', lines(1, 400)],
    ])
  })

  it('finds the root file system behind a boot loader, which the second header counts from itself', () => {
    const { contents, problems } = collect(tplinkV2, fixture('tplink-v2', 'boot-loader-and-rootfs.bin'))
    expect(problems).toEqual([])
    expect(contents.get('kernel')?.toString()).toBe(lines(1, 400))
    expect(contents.get('rootfs')?.toString()).toBe(lines(401, 800))
  })

  it('reaches to the end of a boot loader that lies behind the kernel where no length is told', () => {
    const image = Buffer.concat([fixture('tplink-v2', 'combined.bin'), Buffer.from('boot loader')])
    image.writeUInt32BE(image.length - 11 - 512, BOOT_LOADER)
    image.writeUInt32BE(11, BOOT_LOADER + 4)
    const { region, contents } = collect(tplinkV2, image)
    expect(region.end).toBe(image.length)
    expect(contents.get('bootloader')?.toString()).toBe('boot loader')
  })

  it('tells what the header says', () => {
    expect(parseTplinkV2(memoryBytes(fixture('tplink-v2', 'whole.bin')), 0)).toMatchObject({
      headerVersion: 2,
      firmwareVersion: 'ver. 2.0',
      hardwareId: 0xc520_0000,
      softwareVersion: '1.2.3-4.5',
    })
    const combined = memoryBytes(fixture('tplink-v2', 'combined.bin'))
    expect(parseTplinkV2(combined, 0)).toMatchObject({ headerVersion: 3 })
  })

  it('tells when the MD5 differs', () => {
    const image = fixture('tplink-v2', 'whole.bin')
    image[0x300] = 0
    expect(collect(tplinkV2, image).problems).toMatchObject([{ code: 'checksum' }])
  })
})

hostileSuite({
  format: tplinkV2,
  fixture: fixture('tplink-v2', 'combined.bin'),
  needsItsEnd: 'there is one content only',
})
