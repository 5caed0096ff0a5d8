import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { espFlash } from './index.ts'

const FLASH = fixture('esp-flash', 'esp32.bin')
const MEGABYTE = 1024 * 1024

function namesOf(content: Buffer): readonly string[] {
  const bytes = memoryBytes(content)
  const region = espFlash.recognise(bytes, 0)
  if (!region) throw new Error('not recognised')
  return [...(espFlash.parts?.(bytes, region) ?? [])].map(
    ({ name, start, end }) => `${name} 0x${start.toString(16)}-0x${end.toString(16)}`,
  )
}

describe('esp-flash', () => {
  it('opens a whole dump: boot loader, table, and partitions by their names', () => {
    const { region, contents, problems } = collect(espFlash, FLASH)
    expect(region).toEqual({ start: 0, end: MEGABYTE })
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'bootloader',
      'partition-table.json',
      'nvs',
      'otadata',
      'phy_init',
      'ota_0',
      'ota_1',
      'storage',
    ])
    expect(contents.get('bootloader')).toEqual(FLASH.subarray(0x1000, 0x8000))
    expect(contents.get('ota_0')).toEqual(FLASH.subarray(0x1_0000, 0x2_0000))
  })

  it('names the stretches for a map, those of members that decide nothing left out', () => {
    expect(namesOf(FLASH)).toEqual([
      'bootloader 0x1000-0x8000',
      'nvs 0x9000-0xd000',
      'otadata 0xd000-0xf000',
      'phy_init 0xf000-0x10000',
      'ota_0 0x10000-0x20000',
      'ota_1 0x20000-0x30000',
      'storage 0x30000-0x40000',
    ])
  })

  it.each([
    ['esp32c3.bin', 'bootloader 0x0-0x10000', 'ota_0 0x20000-0x30000'],
    ['esp32p4.bin', 'bootloader 0x2000-0x8000', 'ota_0 0x10000-0x20000'],
    ['from-0x1000.bin', 'bootloader 0x0-0x7000', 'ota_0 0xf000-0x1f000'],
  ])('knows where the loader of %s lies', (name, loader, slot) => {
    const names = namesOf(fixture('esp-flash', name))
    expect(names[0]).toBe(loader)
    expect(names).toContain(slot)
  })

  it('takes what is before the loader or behind the partitions, where it is not erased', () => {
    const flash = Buffer.from(FLASH)
    flash.fill('digest of secure boot 1', 0, 192)
    flash.fill('calibration', 0xf_0000, 0xf_1000)
    const names = namesOf(flash)
    expect(names[0]).toBe('unnamed-at-0x0 0x0-0x1000')
    expect(names.at(-1)).toBe('unnamed-at-0xf0000 0xf0000-0x100000')
  })

  it('is not damaged for being an image that ends behind what it writes', () => {
    const app = FLASH.subarray(0x1_0000, 0x1_1000)
    const written = FLASH.subarray(0, 0x1_0000 + app.findLastIndex((byte) => byte !== 0xff) + 1)
    const { contents, problems } = collect(espFlash, written)
    expect(problems).toEqual([])
    expect([...contents.keys()].at(-1)).toBe('ota_0')
  })

  it('tells a dump that was cut', () => {
    const within = collect(espFlash, FLASH.subarray(0, 0x1_0100)).problems
    expect(within.map(({ path }) => path)).toEqual(['ota_0', undefined])
    expect(within[1]?.message).toContain('ota_1, storage')
    const table = Buffer.from(FLASH)
    table.fill(0xff, 0x80e0, 0x8100)
    table.writeUInt32LE(8 * MEGABYTE, 0x80a4)
    expect(collect(espFlash, table).problems.map(({ code, message }) => [code, message])).toEqual([
      ['checksum', expect.any(String)],
      ['truncated', 'the flash ends before storage'],
    ])
  })
})

hostileSuite({
  format: espFlash,
  fixture: FLASH.subarray(0, 0x1_1000),
  needsItsEnd: 'its last partition is cut',
})
