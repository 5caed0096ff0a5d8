import { crc32 } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { ubootEnv } from './index.ts'
import { parseUbootEnv, seekUbootEnv } from './parse.ts'

const TEXT = [
  'bootcmd=run boot_a',
  'bootdelay=2',
  'boot_a=sf read 0x82000000 0x50000 0x200000; bootm 0x82000000',
  'ethaddr=02:00:00:00:00:01',
  'silent=',
  '',
].join('\n')

function read(name: string) {
  const image = fixture('uboot-env', name)
  const { region, contents, problems } = collect(ubootEnv, image)
  expect(problems).toEqual([])
  expect(region).toEqual({ start: 0, end: image.length })
  return contents
}

describe('uboot-env', () => {
  it.each(['single.bin', 'big-endian.bin'])('gives the variables of %s', (name) => {
    const contents = read(name)
    expect([...contents.keys()]).toEqual(['environment.txt'])
    expect(contents.get('environment.txt')?.toString()).toBe(TEXT)
  })

  it('tells the layout of flash that a variable has', () => {
    const list = Buffer.alloc(508)
    list.write(
      'bootargs=mtdparts=$mtdparts\0mtdids=nor0=spi0.0\0mtdparts=mtdparts=spi0.0:64k(u-boot),-(firmware)\0\0',
    )
    const head = Buffer.alloc(4)
    head.writeUInt32LE(crc32(list))
    const image = Buffer.concat([head, list])
    expect(ubootEnv.layouts?.(memoryBytes(image), { start: 0, end: 512 })).toEqual([
      {
        chip: 'spi0.0',
        partitions: [
          { name: 'u-boot', offset: 0, size: 65_536, readOnly: false },
          { name: 'firmware', offset: 65_536, size: undefined, readOnly: false },
        ],
      },
    ])
  })

  it('tells the flag of a redundant one', () => {
    const contents = read('redundant.bin')
    expect(contents.get('environment.txt')?.toString()).toBe(TEXT)
    expect(JSON.parse(contents.get('environment.json')?.toString() ?? '')).toEqual({ size: 8192, flag: 1 })
  })

  it('reads what was rewritten', () => {
    expect(read('rewritten.bin').get('environment.txt')?.toString()).not.toContain('boot_a=')
  })

  it('finds where it ends also behind the rests of older lists', () => {
    const image = fixture('uboot-env', 'single.bin')
    image.write('old=value\0other=rest\0', 300, 'latin1')
    image.writeUInt32LE(crc32(image.subarray(4)), 0)
    expect(parseUbootEnv(memoryBytes(Buffer.concat([image, image])), 0)).toMatchObject({ size: 4096 })
  })

  it('is found behind other things', () => {
    const flash = Buffer.concat([Buffer.alloc(0x4000, 0x5a), fixture('uboot-env', 'redundant.bin')])
    const gap = { start: 3, end: flash.length }
    expect([...seekUbootEnv(memoryBytes(flash), gap)]).toEqual([0x4000])
  })

  it('is sought at a bounded number of places', () => {
    const flash = Buffer.alloc(1024 * 1024, 'abcda=b\0c=d\0\0'.padEnd(512, '\0'))
    const places = [...seekUbootEnv(memoryBytes(flash), { start: 0, end: flash.length })]
    expect(places.length).toBe(64 + 128)
  })
})

hostileSuite({
  format: ubootEnv,
  fixture: fixture('uboot-env', 'single.bin'),
  needsItsEnd: 'its CRC proves it',
})
hostileSuite({
  format: ubootEnv,
  fixture: fixture('uboot-env', 'redundant.bin'),
  needsItsEnd: 'its CRC proves it',
})
