import type { Bytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { androidVendorBoot } from './index.ts'
import { parseVendorBoot } from './parse.ts'

const PLATFORM = lines(1, 500)
const DTB = lines(7, 60)
const BOOTCONFIG = 'androidboot.hardware=sample\n'
/** Of v4-fragments.img: where its table lies. */
const TABLE = 10_240

function textsOf(image: Uint8Array) {
  const { contents, problems } = collect(androidVendorBoot, image)
  const [header, ...texts] = [...contents].map(([path, content]) => [path, content.toString()])
  return { header: JSON.parse(header?.[1] as string) as object, texts: Object.fromEntries(texts), problems }
}

describe('android-vendor-boot', () => {
  it.each([
    ['v3.img', { vendor_ramdisk: PLATFORM, dtb: DTB }],
    ['v3-header-2108.img', { vendor_ramdisk: PLATFORM, dtb: DTB }],
    ['v4.img', { vendor_ramdisk: PLATFORM, dtb: DTB, bootconfig: BOOTCONFIG }],
    [
      'v4-fragments.img',
      {
        'vendor_ramdisk/platform': PLATFORM,
        'vendor_ramdisk/RECOVERY': lines(1, 400),
        'vendor_ramdisk/modules': lines(1, 90),
        dtb: DTB,
        bootconfig: BOOTCONFIG,
      },
    ],
  ])('gives the contents of %s', (name, expected) => {
    const { texts, problems } = textsOf(fixture('android-vendor-boot', name))
    expect(problems).toEqual([])
    expect(texts).toEqual(expected)
  })

  it('tells what the header and the table say', () => {
    expect(textsOf(fixture('android-vendor-boot', 'v3.img')).header).toMatchObject({
      version: 3,
      name: 'sample',
      cmdline: 'console=ttyS0',
      dtbAddress: '0x11f00000',
      fragments: [],
    })
    expect(textsOf(fixture('android-vendor-boot', 'v4-fragments.img')).header).toMatchObject({
      version: 4,
      fragments: [
        { path: 'vendor_ramdisk/platform', name: '', type: 'platform', size: PLATFORM.length },
        { name: 'RECOVERY', type: 'recovery' },
        { name: 'modules', type: 'dlkm', boardId: '07'.padEnd(128, '0') },
      ],
    })
  })

  it('keeps fragments apart that have the same name', () => {
    const image = fixture('android-vendor-boot', 'v4-fragments.img')
    image.fill(0, TABLE + 108 + 12, TABLE + 108 + 44).write('modules', TABLE + 108 + 12)
    expect(Object.keys(textsOf(image).texts).slice(0, 3)).toEqual([
      'vendor_ramdisk/platform',
      'vendor_ramdisk/modules',
      'vendor_ramdisk/modules-2',
    ])
  })

  it.each([
    ['overlap', TABLE + 108 + 4],
    ['go beyond the ramdisk', TABLE + 109],
  ])('gives the ramdisk as a whole where fragments %s', (_what, at) => {
    const image = fixture('android-vendor-boot', 'v4-fragments.img')
    image[at] = (image[at] as number) ^ 0x40
    const { texts, problems } = textsOf(image)
    expect(problems).toMatchObject([{ code: 'structure' }])
    expect(Object.keys(texts)).toEqual(['vendor_ramdisk', 'dtb', 'bootconfig'])
  })

  it('gives the ramdisk as a whole where the table is cut off', () => {
    const { texts, problems } = textsOf(fixture('android-vendor-boot', 'v4-fragments.img').subarray(0, TABLE))
    expect(problems).toMatchObject([{ code: 'truncated' }, { code: 'truncated', path: 'bootconfig' }])
    expect(texts).toMatchObject({ vendor_ramdisk: PLATFORM + lines(1, 400) + lines(1, 90), dtb: DTB })
  })
})

for (const name of ['v3.img', 'v4.img']) {
  hostileSuite({ format: androidVendorBoot, fixture: fixture('android-vendor-boot', name) })
}

// A cut before the table costs the names of the fragments, though not their bytes: only what has its table is compared.
hostileSuite({
  format: {
    ...androidVendorBoot,
    recognise(bytes: Bytes, at: number) {
      const table = parseVendorBoot(bytes, at)?.table
      return table && table.at + table.length <= bytes.size
        ? androidVendorBoot.recognise(bytes, at)
        : undefined
    },
  },
  fixture: fixture('android-vendor-boot', 'v4-fragments.img'),
})
