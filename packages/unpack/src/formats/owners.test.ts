import { expect, it } from 'vitest'
import { collect } from '../testing/collect.ts'
import { fixturesOf } from '../testing/fixtures.ts'
import { FORMATS } from './index.ts'

/** Formats that hold no owners at all: a member of root that nobody told of would be made up. */
const WITHOUT = [
  'ace',
  'arj',
  'exfat',
  'fat',
  'h3c-vfs',
  'littlefs',
  'npk',
  'ntfs',
  'ole',
  'romfs',
  'shar',
  'stuffit',
  'trx',
  'uboot-env',
  'uimage',
  'uuencode',
  'wim',
  'zoo',
] as const

it.each(WITHOUT)('%s states no owners', (name) => {
  const format = FORMATS.find((one) => one.name === name)
  if (format?.kind !== 'container') throw new Error(`${name} is no container`)
  const [first] = fixturesOf(name, 'positive')
  const { entries } = collect(format, first?.content as Buffer)
  expect(entries.length).toBeGreaterThan(0)
  expect(entries.filter((entry) => 'uid' in entry || 'gid' in entry)).toEqual([])
})

it('ISO 9660 states the owners of Rock Ridge, and none without it', () => {
  const iso = FORMATS.find((one) => one.name === 'iso9660')
  if (iso?.kind !== 'container') throw new Error('iso9660 is no container')
  const stating = fixturesOf('iso9660', 'positive').map(({ content }) =>
    collect(iso, content).entries.some((entry) => 'uid' in entry),
  )
  expect(new Set(stating)).toEqual(new Set([true, false]))
})
