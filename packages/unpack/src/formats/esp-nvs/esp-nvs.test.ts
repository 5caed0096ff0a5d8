import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { type Collected, collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { withKeys } from '../../testing/with-keys.ts'
import { isNvsKey } from './decrypt.ts'
import { espNvs } from './index.ts'

const NUMBERS = Array.from({ length: 1400 }, (_, index) => `${index + 1}\n`).join('')

function tableOf({ contents }: Collected, name: string): readonly Record<string, unknown>[] {
  return JSON.parse(contents.get(name)?.toString() ?? '[]')
}

const ENCRYPTED = fixture('esp-nvs', '../keyed/encrypted.bin')
const KEYS = keyOf('esp-nvs', 'nvs-keys.bin')

describe('esp-nvs', () => {
  it('gives namespaces, integers of all sizes, strings and blobs', () => {
    const found = collect(espNvs, fixture('esp-nvs', 'version-2.bin'))
    expect(found.problems).toEqual([])
    expect([...found.contents.keys()]).toEqual([
      'wifi.json',
      'wifi/ssid',
      'wifi/password',
      'cloud.json',
      'cloud/token',
      'cloud/numbers',
    ])
    expect(found.contents.get('wifi/ssid')?.toString()).toBe('Messlatte test net')
    expect(found.contents.get('cloud/token')?.toString('hex')).toBe('00ff10203040')
    const values = tableOf(found, 'wifi.json').map(({ key, type, value }) => [key, type, value])
    expect(values).toEqual([
      ['ssid', 'string', undefined],
      ['password', 'string', undefined],
      ['channel', 'u8', 11],
      ['rssi', 'i8', -70],
      ['boots', 'u32', 4_000_000_000],
      ['offset', 'i64', '-9007199254740993'],
      ['total', 'u64', '18446744073709551615'],
      ['port', 'u16', 8883],
      ['delta', 'i16', -300],
      ['low', 'i32', -2_147_483_648],
    ])
  })

  it('puts blobs together that lie in several pages', () => {
    const { contents } = collect(espNvs, fixture('esp-nvs', 'version-2.bin'))
    expect(contents.get('cloud/numbers')?.toString()).toBe(NUMBERS)
  })

  it('reads blobs of version 1', () => {
    const image = fixture('esp-nvs', 'version-1.bin')
    const { contents, problems } = collect(espNvs, image)
    expect(problems).toEqual([])
    expect(contents.get('cloud/token')?.toString('hex')).toBe('00ff10203040')
    const flash = memoryBytes(image)
    expect([...(espNvs.candidates?.(flash, { start: 0, end: flash.size }) ?? [])]).toContain(0)
  })

  it('marks what was deleted', () => {
    const found = collect(espNvs, fixture('esp-nvs', 'deleted.bin'))
    const old = tableOf(found, 'wifi.json').filter((value) => value.old)
    expect(old).toEqual([{ key: 'channel', type: 'u8', value: 11, old: true }])
  })

  it('says that pages are encrypted', () => {
    const { contents, problems } = collect(espNvs, fixture('esp-nvs', 'encrypted.bin'))
    expect(contents.size).toBe(0)
    expect(problems).toMatchObject([{ code: 'unsupported' }])
    expect(problems[0]?.message).toContain('is encrypted')
  })

  it('decrypts pages with the keys of their partition, as a file of keys or raw, and with no others', () => {
    const image = ENCRYPTED
    const keys = KEYS.bytes
    for (const bytes of [keys, keys.subarray(0, 64)]) {
      const { contents, problems } = collect(espNvs, image, undefined, [{ name: 'nvs', bytes }])
      expect(problems).toEqual([])
      expect(contents.get('wifi/password')?.toString()).toBe('correct horse battery')
    }
    const other = Buffer.from(keys.subarray(0, 64)).fill(1)
    for (const bytes of [other, keys.subarray(0, 63), Buffer.concat([other, keys.subarray(64)])]) {
      const { contents, problems } = collect(espNvs, image, undefined, [{ name: 'nvs', bytes }])
      expect(problems).toMatchObject([{ code: 'unsupported' }])
      expect(contents.size).toBe(0)
    }
    expect(isNvsKey(keys, memoryBytes(image), { start: 4096, end: image.length })).toBe(false)
  })

  it('leaves encrypted storage alone that is too large', () => {
    const large = Buffer.alloc(9 * 1024 * 1024, 0xff)
    ENCRYPTED.copy(large)
    const keys = [KEYS]
    const { contents, problems } = collect(espNvs, large, { start: 0, end: large.length }, keys)
    expect(problems).toMatchObject([{ code: 'unsupported', message: expect.stringMatching(/9437184 bytes/) }])
    expect(contents.size).toBe(0)
  })

  it('tells damaged entries and contents, and reads the others', () => {
    const image = fixture('esp-nvs', 'version-2.bin')
    const ssid = image.indexOf('Messlatte')
    image[ssid] = 0x58
    const channel = image.indexOf('channel')
    image[channel] = 0x58
    const { contents, problems } = collect(espNvs, image)
    expect(problems).toEqual([
      { code: 'checksum', message: 'the page at 0x0 has 1 damaged entries', path: undefined },
      { code: 'checksum', message: 'the CRC of its content differs', path: 'wifi/ssid' },
    ])
    expect(contents.get('cloud/numbers')?.toString()).toBe(NUMBERS)
  })

  it('tells when pages are cut off', () => {
    const { problems } = collect(espNvs, fixture('esp-nvs', 'version-1.bin').subarray(0, 5000))
    expect(problems).toContainEqual(expect.objectContaining({ code: 'truncated', path: 'wifi.json' }))
  })
})

hostileSuite({ format: espNvs, fixture: fixture('esp-nvs', 'version-2.bin') })
hostileSuite({ format: espNvs, fixture: fixture('esp-nvs', 'deleted.bin') })
hostileSuite({
  format: withKeys(espNvs, [KEYS]),
  fixture: ENCRYPTED,
})
