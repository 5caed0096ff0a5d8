import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { type Collected, collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { androidBoot } from './index.ts'
import { parseBootImage } from './parse.ts'

const KERNEL = lines(1, 600)
const RAMDISK = lines(1, 300)

function read(name: string): Collected & { header: Record<string, unknown>; texts: object } {
  const collected = collect(androidBoot, fixture('android-boot', name))
  const [header, ...texts] = [...collected.contents].map(([path, content]) => [path, content.toString()])
  return {
    ...collected,
    header: JSON.parse(header?.[1] as string) as Record<string, unknown>,
    texts: Object.fromEntries(texts),
  }
}

describe('android-boot', () => {
  it.each([
    ['v0.img', { kernel: KERNEL, ramdisk: RAMDISK, second: lines(1, 200) }],
    ['v0-dt.img', { kernel: KERNEL, ramdisk: RAMDISK, dt: lines(3, 33) }],
    ['v0-sha256.img', { kernel: KERNEL, ramdisk: RAMDISK }],
    ['v1.img', { kernel: KERNEL, ramdisk: RAMDISK, recovery_dtbo: lines(5, 90) }],
    [
      'v2.img',
      {
        kernel: KERNEL,
        ramdisk: RAMDISK,
        second: lines(1, 200),
        recovery_dtbo: lines(5, 90),
        dtb: lines(7, 60),
      },
    ],
    ['v3.img', { kernel: KERNEL, ramdisk: RAMDISK }],
    ['v3-header-1596.img', { kernel: KERNEL, ramdisk: RAMDISK }],
    ['init-boot.img', { ramdisk: RAMDISK }],
  ])('gives the contents of %s', (name, expected) => {
    const { problems, texts } = read(name)
    expect(problems).toEqual([])
    expect(texts).toEqual(expected)
  })

  it('has the signature of version 4 behind the ramdisk', () => {
    const { problems, contents } = read('v4-signed.img')
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['header.json', 'kernel', 'ramdisk', 'boot_signature'])
    expect(contents.get('boot_signature')?.subarray(0, 4).toString()).toBe('AVB0')
  })

  it('tells what the header says', () => {
    expect(read('v0.img').header).toMatchObject({
      version: 0,
      pageSize: 2048,
      osVersion: '9.0.1',
      patchLevel: '2018-09',
      name: 'sample',
      cmdline: 'console=ttyS0 root=/dev/ram',
      kernelAddress: '0x10008000',
    })
    expect(read('v3-header-1596.img').header).toEqual({
      version: 3,
      pageSize: 4096,
      osVersion: '11.0.0',
      patchLevel: '2021-05',
      cmdline: 'quiet',
    })
  })

  it('puts a long command line together', () => {
    expect(read('v1.img').header).toMatchObject({ cmdline: lines(1, 200).trimEnd().replaceAll('\n', ',') })
  })

  it.each(['v0.img', 'v0-dt.img', 'v0-sha256.img', 'v1.img', 'v2.img'])(
    'tells when the id of %s is not that of the contents',
    (name) => {
      const image = fixture('android-boot', name)
      image[2048] = 0x39
      expect(collect(androidBoot, image).problems).toMatchObject([{ code: 'checksum' }])
    },
  )

  it('expects nothing of an id that is empty', () => {
    const image = fixture('android-boot', 'v0.img').fill(0, 576, 608).fill(0x39, 2048, 2050)
    expect(collect(androidBoot, image).problems).toEqual([])
  })

  it('tells when the header names another place of the recovery DTBO', () => {
    const image = fixture('android-boot', 'v1.img')
    image[1637] = 0x77
    expect(collect(androidBoot, image).problems).toMatchObject([{ code: 'structure', path: 'recovery_dtbo' }])
  })

  it('still shows what lies before a cut', () => {
    const { contents, problems, region } = collect(
      androidBoot,
      fixture('android-boot', 'v0.img').subarray(0, 6200),
    )
    expect(region).toEqual({ start: 0, end: 6200 })
    expect(contents.get('kernel')?.toString()).toBe(KERNEL)
    expect(contents.get('ramdisk')?.length).toBe(6200 - 6144)
    expect(problems).toMatchObject([
      { code: 'truncated', path: 'ramdisk' },
      { code: 'truncated', path: 'second' },
    ])
  })

  it('ends with the last page', () => {
    const image = Buffer.concat([fixture('android-boot', 'v2.img'), Buffer.alloc(5000, 0x41)])
    expect(androidBoot.recognise(memoryBytes(image), 0)?.end).toBe(image.length - 5000)
    expect(parseBootImage(memoryBytes(image), 0)?.sections.at(-1)).toMatchObject({ path: 'dtb' })
  })
})

for (const name of ['v0.img', 'v2.img', 'v4-signed.img']) {
  hostileSuite({ format: androidBoot, fixture: fixture('android-boot', name) })
}
