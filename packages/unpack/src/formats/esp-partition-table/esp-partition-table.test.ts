import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture, keyOf } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { espPartitionTable } from './index.ts'
import { parsePartitionTable } from './parse.ts'

const APP = fixture('esp-image', 'esp32-app.bin')
const TABLE_AT = 0x8000

function encrypted(name: string): Buffer {
  return fixture('esp-partition-table', `../keyed/${name}`)
}

/** A dump of a flash: erased, but for what is said to lie at offsets. */
function flashOf(parts: readonly (readonly [number, Buffer])[], size = 0x4_0000): Buffer {
  const flash = Buffer.alloc(size, 0xff)
  for (const [at, content] of parts) content.copy(flash, at)
  return flash
}

const PLAIN = flashOf([
  [TABLE_AT, fixture('esp-partition-table', 'ota.bin')],
  [0x9000, fixture('esp-nvs', 'version-1.bin')],
  [0xd000, fixture('esp-otadata', 'both.bin')],
  [0x1_0000, APP],
  [0x3_0000, Buffer.from('storage')],
])

function readFlash(flash: Buffer, at = TABLE_AT, keys: readonly { name: string; bytes: Uint8Array }[] = []) {
  const region = espPartitionTable.recognise(memoryBytes(flash), at)
  return collect(espPartitionTable, flash, region, keys)
}

describe('esp-partition-table', () => {
  it('reads a table on its own', () => {
    const { contents, problems } = collect(espPartitionTable, fixture('esp-partition-table', 'ota.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['partition-table.json'])
    const rows = JSON.parse(contents.get('partition-table.json')?.toString() ?? '')
    expect(rows).toHaveLength(6)
    expect(rows[3]).toEqual({
      type: 0,
      subtype: 0x10,
      offset: 0x1_0000,
      size: 0x1_0000,
      label: 'ota_0',
      encrypted: true,
      readOnly: false,
    })
  })

  it('knows tables without an MD5', () => {
    const table = parsePartitionTable(memoryBytes(fixture('esp-partition-table', 'factory.bin')), 0)
    expect(table).toMatchObject({ md5Matches: undefined, ended: true, partitions: { length: 3 } })
  })

  it('shows the partitions of a dump, each with its name', () => {
    const { region, contents, problems } = readFlash(PLAIN)
    expect(region).toEqual({ start: TABLE_AT, end: 0x4_0000 })
    expect(problems).toEqual([])
    expect([...contents].map(([path, { length }]) => [path, length])).toEqual([
      ['partition-table.json', expect.any(Number)],
      ['nvs', 0x4000],
      ['otadata', 0x2000],
      ['phy_init', 0x1000],
      ['ota_0', 0x1_0000],
      ['ota_1', 0x1_0000],
      ['storage', 0x1_0000],
    ])
    expect(contents.get('ota_0')?.subarray(0, APP.length)).toEqual(APP)
    expect(contents.get('storage')?.toString('latin1', 0, 7)).toBe('storage')
  })

  it('finds the start of the flash behind other bytes, and with the table elsewhere', () => {
    const behind = readFlash(Buffer.concat([Buffer.alloc(0x1234), PLAIN]), TABLE_AT + 0x1234)
    expect(behind.contents.get('ota_0')?.subarray(0, APP.length)).toEqual(APP)
    const moved = flashOf([
      [0x3000, fixture('esp-partition-table', 'ota.bin')],
      [0x9000, fixture('esp-nvs', 'version-1.bin')],
      [0x1_0000, APP],
    ])
    expect(readFlash(moved, 0x3000).contents.get('ota_0')?.subarray(0, APP.length)).toEqual(APP)
  })

  it('takes no offsets where the bytes do not bear them out', () => {
    const flash = flashOf([[TABLE_AT, fixture('esp-partition-table', 'ota.bin')]])
    expect([...readFlash(flash).contents.keys()]).toEqual(['partition-table.json'])
  })

  it.each([
    ['esp32.bin', 'key-256.bin'],
    ['xts-128.bin', 'key-256.bin'],
    ['xts-256.bin', 'key-512.bin'],
  ])('decrypts %s with its key', (name, keyName) => {
    const flash = flashOf([
      [TABLE_AT, fixture('esp-partition-table', 'ota.bin')],
      [0x9000, fixture('esp-nvs', 'version-1.bin')],
      [0x1_0000, encrypted(name)],
    ])
    const without = readFlash(flash)
    expect(without.problems).toMatchObject([{ code: 'unsupported', path: 'ota_0' }])
    const wrong = { name: 'wrong', bytes: new Uint8Array(32) }
    const { contents, problems } = readFlash(flash, TABLE_AT, [wrong, keyOf('esp-partition-table', keyName)])
    expect(problems).toEqual([])
    expect(contents.get('ota_0')?.subarray(0, APP.length)).toEqual(APP)
  })

  it('shows what is plain as it is, also where it is marked or a key opened the rest', () => {
    const table = fixture('esp-partition-table', 'ota.bin')
    const rows = (parsePartitionTable(memoryBytes(table), 0)?.partitions ?? []).map(({ label }) => label)
    table.writeUInt32LE(1, rows.indexOf('storage') * 32 + 28)
    const text = Array.from({ length: 900 }, (_, index) => `setting ${index}\n`).join('')
    const flash = flashOf([
      [TABLE_AT, table],
      [0x9000, fixture('esp-nvs', 'version-1.bin')],
      [0x1_0000, encrypted('xts-128.bin')],
      [0x3_0000, Buffer.from(text)],
    ])
    const { contents, problems } = readFlash(flash, TABLE_AT, [keyOf('esp-partition-table', 'key-256.bin')])
    expect(problems.filter(({ code }) => code !== 'checksum')).toEqual([])
    expect(contents.get('ota_0')?.subarray(0, APP.length)).toEqual(APP)
    expect(contents.get('storage')?.toString('latin1', 0, text.length)).toBe(text)
    expect(readFlash(flash).problems.map(({ path }) => path)).not.toContain('storage')
  })

  it('finds the flash of a device that encrypts it, where nothing is marked', () => {
    const table = fixture('esp-partition-table', 'ota.bin')
    for (let row = 0; table[row] === 0xaa; row += 32) table.writeUInt32LE(0, row + 28)
    const flash = flashOf([
      [TABLE_AT, table],
      [0x9000, fixture('esp-nvs', 'version-1.bin')],
      [0xd000, encrypted('xts-128.bin').subarray(0, 32)],
      [0x1_0000, Buffer.concat(Array<Buffer>(4).fill(encrypted('xts-128.bin')))],
    ])
    expect([...readFlash(flash).contents.keys()]).toContain('ota_0')
    flash.fill('no application, and no encrypted one either', 0x1_0000, 0x2_0000)
    expect([...readFlash(flash).contents.keys()]).toEqual(['partition-table.json'])
  })

  it('tells an MD5 that differs, and a flash that is cut off', () => {
    const table = fixture('esp-partition-table', 'ota.bin')
    table[0x50] = 0x58
    expect(collect(espPartitionTable, table).problems).toMatchObject([{ code: 'checksum' }])
    const { contents, problems } = readFlash(PLAIN.subarray(0, 0x1_0000 + APP.length - 1))
    expect(problems.map(({ path }) => path)).toEqual(['ota_0', undefined])
    expect(problems[1]?.message).toContain('ota_1, storage')
    expect(contents.get('ota_0')?.length).toBe(APP.length - 1)
    expect(readFlash(PLAIN.subarray(0, 0x1_0000 + APP.length)).problems).toEqual([])
  })
})

hostileSuite({ format: espPartitionTable, fixture: fixture('esp-partition-table', 'ota.bin') })
