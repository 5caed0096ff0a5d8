import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { drawnText, madeUnits } from '../testing.ts'
import { analyse } from './analysis.ts'
import type { UnitValue } from './relations.ts'
import { VENDOR_RULES, withChecksum } from './vendors.ts'

const NO_WORDS: ReadonlySet<string> = new Set()
const look = (units: readonly UnitValue[]) => analyse(units, NO_WORDS)
const rules = (units: readonly UnitValue[]) =>
  look(units).relations.map(({ rule, units: who, of }) => `${rule}: ${who.length}/${of}`)
const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')
const colons = (mac: string) => (mac.match(/../g) ?? []).join(':')
const ALNUM = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

describe('relations that are there', () => {
  it.each<[string, (unit: { mac: string; serial: string; ssid: string }, at: number) => string, RegExp]>([
    ['the last eight digits of the MAC address', ({ mac }) => mac.slice(-8), /^copy mac hex /],
    [
      'its last six, lower case, behind a word',
      ({ mac }) => `wlan${mac.slice(-6).toLowerCase()}`,
      /^copy mac hex-lower /,
    ],
    ['its digits backwards', ({ mac }) => [...mac].reverse().join('').slice(0, 8), /^copy mac hex-reversed /],
    [
      'the address after next',
      ({ mac }) => (Number.parseInt(mac, 16) + 2).toString(16).toUpperCase().padStart(12, '0').slice(-8),
      /^copy mac hex\+2 /,
    ],
    [
      'its last three bytes as a decimal number',
      ({ mac }) => String(Number.parseInt(mac.slice(6), 16)).padStart(8, '0'),
      /^copy mac decimal-24 /,
    ],
    ['the serial number', ({ serial }) => serial, /^copy serial as-it-is /],
    [
      'its last six digits plus three',
      ({ serial }) => String(Number(serial.slice(-6)) + 3).padStart(6, '0'),
      /^copy serial number\+3 /,
    ],
    ['the end of the SSID', ({ ssid }) => `key-${ssid.slice(-4)}`, /^copy ssid /],
    [
      'MD5 of the MAC address',
      ({ mac }) => hex('md5', mac).slice(0, 10),
      /^md5 of mac: 12 digits, upper case, hexadecimal lower case @0/,
    ],
    [
      'SHA-1 of it with colons, from the middle',
      ({ mac }) => hex('sha1', colons(mac).toLowerCase()).slice(7, 17),
      /^sha1 of mac: with colons, lower case, hexadecimal lower case @7/,
    ],
    [
      'SHA-256 of the serial number, base64',
      ({ serial }) => createHash('sha256').update(serial).digest('base64').slice(0, 12),
      /^sha256 of serial: as it is, base64 @0/,
    ],
    [
      'CRC-32 of the serial number',
      ({ serial }) => crc32(serial).toString(16).padStart(8, '0'),
      /^crc32 of serial/,
    ],
    [
      'each byte of a digest, mapped',
      ({ mac }) =>
        [...createHash('md5').update(mac).digest()]
          .slice(0, 8)
          .map((byte) => ALNUM[byte % 62])
          .join(''),
      /modulo 62 into 0-9A-Za-z @0/,
    ],
    [
      'MAC address and serial number hashed together',
      ({ mac, serial }) => hex('sha256', mac + serial).slice(0, 12),
      /^sha256 of mac and serial/,
    ],
    [
      'a constant added to the serial number',
      ({ serial }) => String(Number(serial.slice(-7)) + 4_711_003).padStart(8, '0'),
      /^difference serial/,
    ],
    [
      'the serial number times seven',
      ({ serial }) => String(Number(serial.slice(4)) * 7 + 13).padStart(9, '0'),
      /^line serial/,
    ],
    [
      'its exclusive or with a constant',
      ({ serial }) => (Number(serial.slice(-6)) ^ 0x5a5a12).toString(16).toUpperCase().padStart(6, '0'),
      /^exclusive-or serial /,
    ],
    [
      'the bytes of the address with their digits swapped',
      ({ mac }) =>
        (mac.match(/../g) ?? [])
          .map((pair) => `${pair[1]}${pair[0]}`)
          .join('')
          .slice(-8),
      /^copy mac nibbles-swapped/,
    ],
    [
      'the last eight digits of a digest as a number',
      ({ serial }) =>
        BigInt(`0x${hex('sha256', serial)}`)
          .toString()
          .slice(-8),
      /^sha256 of serial: as it is, decimal @-0/,
    ],
    [
      'D-Link’s PIN',
      ({ mac }) => VENDOR_RULES.find(({ id }) => id === 'd-link-pin')?.make(mac, '') ?? '',
      /^d-link-pin: mac/,
    ],
    [
      'EasyBox’s key',
      ({ mac }) => VENDOR_RULES.find(({ id }) => id === 'arcadyan-easybox-key')?.make(mac, '') ?? '',
      /^arcadyan-easybox-key: mac/,
    ],
  ])('%s', (_, secret, rule) => {
    const [first] = rules(madeUnits(12, secret))
    expect(first).toMatch(rule)
    expect(first).toMatch(/: 12\/12$/)
  })

  it('are told in two units only where that cannot be chance', () => {
    expect(rules(madeUnits(2, ({ mac }) => mac.slice(-8)))[0]).toMatch(/^copy mac hex .*: 2\/2$/)
    expect(rules(madeUnits(2, ({ mac }, at) => drawnText(`two ${at}`, 6, ALNUM) + mac.slice(-2)))).toEqual([])
  })

  it('are told with how many follow, when not all do', () => {
    const units = madeUnits(20, ({ mac }, at) =>
      at % 4 === 0 ? drawnText(`some ${at}`, 8, '0123456789ABCDEF') : mac.slice(-8),
    )
    expect(rules(units)[0]).toMatch(/: 15\/20$/)
  })

  it('name what is left where only a part is taken over', () => {
    const [relation] = look(
      madeUnits(12, ({ mac }, at) => drawnText(`part ${at}`, 8, ALNUM) + mac.slice(-4)),
    ).relations
    expect(relation).toMatchObject({ whole: false })
    expect(relation?.characters).toBeLessThan(6)
  })
})

describe('relations that are not there', () => {
  it.each([
    ['0123456789', 8],
    ['0123456789', 4],
    ['0123456789ABCDEF', 10],
    ['0123456789abcdef', 8],
    [ALNUM, 12],
    ['abcdefghijklmnopqrstuvwxyz', 8],
  ])('in drawn secrets of %s', (set, length) => {
    for (const [count, lots] of [
      [2, 25],
      [5, 10],
      [30, 3],
    ] as const)
      for (let lot = 0; lot < lots; lot++)
        expect(
          rules(madeUnits(count, (_, at) => drawnText(`${lot} ${at} ${count}`, length, set), `lot ${lot}`)),
        ).toEqual([])
  })

  it('where the name of a network is in all secrets', () => {
    expect(rules(madeUnits(10, (_, at) => `HomeNet-${drawnText(`n${at}`, 8, ALNUM)}`))).toEqual([])
  })
})

describe('regularities', () => {
  const regular = (secret: (at: number) => string, count = 20, words = NO_WORDS) =>
    analyse(
      madeUnits(count, (_, at) => secret(at)),
      words,
    ).regularities.map(({ rule, strong }) => `${rule}${strong ? '' : '?'}`)

  it('counters, and numbers that lie close together', () => {
    expect(regular((at) => String(30_481_722 + at * 3))).toEqual(['counter'])
    expect(regular((at) => String(30_481_722 + ((at * 37) % 100)))).toEqual(['close-together'])
  })

  it('no numbers that only begin with the same digits', () => {
    expect(regular((at) => `2024${drawnText(`pre${at}`, 8, '0123456789')}`)).toEqual([])
  })

  it('dates, rows, one character, and what everybody tries first', () => {
    expect(
      regular((at) => `2024${String(1 + (at % 12)).padStart(2, '0')}${String(1 + at).padStart(2, '0')}`),
    ).toContain('date')
    expect(regular((at) => ['1234567', '11111111', 'admin', 'qwertyui'][at] ?? '', 4)).toEqual([
      'usual',
      'one-character',
      'row',
    ])
  })

  it('what one of some short secrets may be by chance, as a hint', () => {
    const pins = ['1234', ...Array.from({ length: 23 }, (_, at) => drawnText(`h${at}`, 4, '0123456789'))]
    expect(regular((at) => pins[at] ?? '', 24)[0]).toBe('usual?')
  })

  it('words: by the share of vowels a hint, by the user’s list more', () => {
    const words = ['violin', 'sunny', 'fluffy', 'canoe', 'orange', 'quiet', 'river', 'eagle']
    const made = (at: number) => `${words[at % 8]}${words[(at * 3 + 1) % 8]}${100 + at * 17}`
    expect(regular(made)).toContain('vowels?')
    expect(regular(made, 20, new Set(words))).toEqual(['words'])
  })

  it('characters that are far from equally frequent', () => {
    expect(regular((at) => drawnText(`u${at}`, 8, '0000001111112222222223456789ABCDEF'), 40)).toContain(
      'uneven?',
    )
  })

  it('none in drawn secrets, of whatever form', () => {
    for (let lot = 0; lot < 20; lot++) {
      expect(regular((at) => drawnText(`r${lot} ${at}`, 10, ALNUM), 40)).toEqual([])
      expect(
        regular(
          (at) =>
            drawnText(`l${lot} ${at}`, 4, 'ABCDEFGHJKLMNPQRSTUVWXYZ') +
            drawnText(`d${lot} ${at}`, 6, '0123456789'),
          40,
        ),
      ).toEqual([])
      expect(regular((at) => withChecksum(Number(drawnText(`w${lot} ${at}`, 7, '0123456789'))), 40)).toEqual(
        [],
      )
    }
  })
})

describe('bits', () => {
  it('are at most what the form gives, without constant characters and check digits', () => {
    const ten = look(madeUnits(30, (_, at) => `AP-${drawnText(`b${at}`, 8, '0123456789')}`))
    expect(ten.atMost).toBeCloseTo(8 * Math.log2(10), 1)
    const pins = look(madeUnits(30, (_, at) => withChecksum(Number(drawnText(`p${at}`, 7, '0123456789')))))
    expect([pins.checkDigit, Math.round(pins.atMost * 10)]).toEqual([true, 233])
  })

  it('are estimated from enough units only, and below what is possible', () => {
    const units = madeUnits(200, (_, at) => drawnText(`e${at}`, 8, '0123456789'))
    const bits = look(units).estimate?.bits ?? 0
    expect(bits).toBeGreaterThan(22)
    expect(bits).toBeLessThan(8 * Math.log2(10))
    expect(look(units.slice(0, 19)).estimate).toBeUndefined()
  })

  it('are estimated from pairs that are equal', () => {
    const few = look(madeUnits(100, (_, at) => drawnText(`c${at}`, 3, '0123456789')))
    expect(few.bitsByCollisions).toBeGreaterThan(8)
    expect(few.bitsByCollisions).toBeLessThan(12)
  })
})
