import { crc32 } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { fat } from '../fat/index.ts'
import { espWearLevelling } from './index.ts'
import { parseWearLevelling } from './parse.ts'

const NUMBERS = Array.from({ length: 2000 }, (_, index) => `${index + 1}\n`).join('')
const USED = fixture('esp-wear-levelling', 'used-3000.bin')

describe('esp-wear-levelling', () => {
  it.each([
    ['fresh.bin', 0, 0],
    ['used-700.bin', 47, 0],
    ['used-3000.bin', 8, 3],
  ])('puts the pages of %s in order', (name, emptyPage, rounds) => {
    const { region, contents, problems } = collect(espWearLevelling, fixture('esp-wear-levelling', name))
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: 0x4_0000 })
    expect(JSON.parse(contents.get('wear-levelling.json')?.toString() ?? '')).toEqual({
      ...{ version: 2, pageSize: 4096, pages: 60, updateRate: 16 },
      ...{ emptyPage, rounds },
    })
    const files = collect(fat, contents.get('flash') as Buffer)
    expect(files.problems).toEqual([])
    expect(files.contents.get('NUMBERS.TXT')?.toString()).toBe(NUMBERS)
    expect(files.contents.get('SUB/HELLO.TXT')?.toString()).toBe('hello, wear\n')
  })

  it('reads the second copy of the state where the first one is damaged', () => {
    const flash = Buffer.from(USED)
    flash.fill(0, flash.length - 0x3000, flash.length - 0x2000)
    expect(parseWearLevelling(memoryBytes(flash), 0)).toMatchObject({ empty: 8, rounds: 3 })
  })

  it('reads states of version 1, whose checksum comes earlier', () => {
    const flash = Buffer.from(USED)
    for (const at of [flash.length - 0x3000, flash.length - 0x2000]) {
      flash.writeUInt32LE(1, at + 24)
      flash.writeUInt32LE(crc32(flash.subarray(at, at + 28), 0xffff_ffff), at + 28)
    }
    expect(parseWearLevelling(memoryBytes(flash), 0)).toMatchObject({ version: 1, empty: 8, rounds: 3 })
  })
})

hostileSuite({
  format: espWearLevelling,
  fixture: USED,
  needsItsEnd: 'configuration and state lie there',
})
