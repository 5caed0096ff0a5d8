import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { Region } from '../../contract.ts'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { withKeys } from '../../testing/with-keys.ts'
import { espFlash } from './index.ts'

const FLASH = fixture('esp-flash', 'esp32.bin')
const MEGABYTE = 1024 * 1024

function encrypted(name: string): Buffer {
  return fixture('esp-flash', `../keyed/${name}`)
}

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

  it('names boot loaders and tables for an update or a recovery', () => {
    const flash = Buffer.from(FLASH)
    // Rows behind the ones that are there: a boot loader and a table, as gen_esp32part.py writes them.
    const row = (type: number, offset: number, size: number, label: string) => {
      const content = Buffer.alloc(32)
      content.writeUInt16LE(0x50aa, 0)
      content.writeUInt8(type, 2)
      content.writeUInt8(1, 3)
      content.writeUInt32LE(offset, 4)
      content.writeUInt32LE(size, 8)
      content.write(label, 12)
      return content
    }
    let end = 0x8000
    while (flash[end] === 0xaa) end += 32
    flash.fill(0xff, end, 0x9000)
    for (const one of [
      row(2, 0x1000, 0x7000, 'bootloader'),
      row(3, 0x8000, 0x1000, 'table'),
      row(2, 0x4_0000, 0x8000, 'recovery'),
      row(3, 0x4_8000, 0x1000, 'table_ota'),
    ]) {
      one.copy(flash, end)
      end += 32
    }
    FLASH.copy(flash, 0x4_0000, 0x1000, 0x9000)
    const names = namesOf(flash)
    expect(names).toContain('recovery 0x40000-0x48000')
    expect(names).toContain('table_ota 0x48000-0x49000')
    expect(names.filter((name) => name.startsWith('bootloader'))).toHaveLength(1)
  })

  it('is not damaged for being an image that ends behind what it writes', () => {
    const app = FLASH.subarray(0x1_0000, 0x1_1000)
    const written = FLASH.subarray(0, 0x1_0000 + app.findLastIndex((byte) => byte !== 0xff) + 1)
    const { contents, problems } = collect(espFlash, written)
    expect(problems).toEqual([])
    expect([...contents.keys()].at(-1)).toBe('ota_0')
  })

  it.each([
    ['esp32.bin', 'esp32.bin', 'key-256.bin', 0x1000, 0x1_0000],
    ['esp32c3.bin', 'esp32c3.bin', 'key-256.bin', 0, 0x2_0000],
    ['xts-256.bin', 'esp32c3.bin', 'key-512.bin', 0, 0x2_0000],
  ])(
    'opens the dump %s of a device that encrypts its flash, with its key',
    (name, like, keyName, loader, app) => {
      const flash = encrypted(name)
      const keys = [{ name: 'wrong', bytes: Buffer.alloc(32, 7) }, keyOf('esp-flash', keyName)]
      expect(espFlash.recognise(memoryBytes(flash), 0)).toBeUndefined()
      expect(espFlash.recognise(memoryBytes(flash), 0, keys.slice(0, 1))).toBeUndefined()
      const region = espFlash.recognise(memoryBytes(flash), 0, keys)
      const { contents, problems } = collect(espFlash, flash, region, keys)
      expect(problems).toEqual([])
      const plain = fixture('esp-flash', like)
      expect(contents.get('bootloader')).toEqual(plain.subarray(loader, 0x8000))
      expect(contents.get('ota_0')).toEqual(plain.subarray(app, app + 0x1_0000))
      expect(contents.get('storage')?.toString('latin1', 0, 13)).toBe('not encrypted')
      // NVS has a key of its own, which lies in a partition that flash encryption covers.
      expect(contents.get('nvs')?.includes('correct horse battery')).toBe(true)
      expect(flash.includes('correct horse battery')).toBe(false)
      expect(JSON.parse(contents.get('flash-encryption.json')?.toString() ?? '')).toMatchObject({
        scheme: name === 'esp32.bin' ? 'AES-256 of the ESP32' : 'AES-XTS',
        tableEncrypted: true,
        tableAt: 0x8000,
        tableMd5Matches: true,
        partitions: expect.arrayContaining([
          expect.objectContaining({ label: 'ota_0', offset: 0x1_0000, at: 0x1_0000, covered: true }),
          expect.objectContaining({ label: 'storage', covered: false }),
        ]),
      })
      const named = [...(espFlash.parts?.(memoryBytes(flash), region as Region, keys) ?? [])]
      expect(named.map((part) => part.name)).toEqual(
        [...contents.keys()].filter((key) => !key.endsWith('.json')),
      )
    },
  )

  it('opens an encrypted dump that begins with its boot loader', () => {
    const keys = [keyOf('esp-flash', 'key-256.bin')]
    const flash = encrypted('esp32.bin').subarray(0x1000)
    const region = espFlash.recognise(memoryBytes(flash), 0, keys)
    const { contents, problems } = collect(espFlash, flash, region, keys)
    expect(problems).toEqual([])
    expect(contents.get('ota_0')).toEqual(FLASH.subarray(0x1_0000, 0x2_0000))
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

const KEYS = [keyOf('esp-flash', 'key-256.bin')]
hostileSuite({
  format: withKeys(espFlash, KEYS),
  fixture: encrypted('esp32.bin').subarray(0, 0x1_1000),
  needsItsEnd: 'its last partition is cut',
})
