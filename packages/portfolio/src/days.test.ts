import { describe, expect, it } from 'vitest'
import { daysBetween, readDay } from './days.ts'
import { governs, readMarket, zoneOf } from './markets.ts'

describe('readDay', () => {
  it.each([
    ['2027-01-01', 'Europe/Berlin', '2027-01-01'],
    ['1.1.2027', 'Europe/Berlin', '2027-01-01'],
    ['01.01.2027 00:00:00', 'Europe/Berlin', '2027-01-01'],
    ['2027-01-01 00:00', 'Europe/Berlin', '2027-01-01'],
    ['29.02.28', 'Europe/Berlin', '2028-02-29'],
    // The last minute of the German cut-off, and the first that is none any more.
    ['2027-01-01T22:59:59Z', 'Europe/Berlin', '2027-01-01'],
    ['2027-01-01T23:00:00Z', 'Europe/Berlin', '2027-01-02'],
    ['2027-01-01T23:00:00Z', 'Europe/London', '2027-01-01'],
    ['2027-01-01T22:30:00Z', 'Europe/Helsinki', '2027-01-02'],
    ['2027-01-02T00:30:00+02:00', 'Europe/Berlin', '2027-01-01'],
  ])('%s in %s is %s', (written, zone, day) => {
    expect(readDay(written, zone)).toBe(day)
  })

  it.each(['', '2027-02-29', '31.04.2027', '01/02/2027', 'Q1 2027', '2027-01-01T10:00', '2027-02-30T10:00Z'])(
    'does not take %j',
    (written) => {
      expect(readDay(written, 'Europe/Berlin')).toBeUndefined()
    },
  )

  it('counts days over a change of the clock', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
    expect(daysBetween('2027-01-02', '2027-01-01')).toBe(-1)
  })
})

describe('markets', () => {
  it('are known by two letters and by name', () => {
    expect(readMarket('de')).toBe('DE')
    expect(readMarket('Deutschland')).toBe('DE')
    expect(readMarket('UK')).toBe('GB')
    expect(['Italien', 'italy', 'Großbritannien', 'Österreich', 'Tschechien'].map(readMarket)).toEqual([
      'IT',
      'IT',
      'GB',
      'AT',
      'CZ',
    ])
    expect(readMarket('constructor')).toBeUndefined()
  })

  it('are under the rules of their own country and of the Union, where they belong to it', () => {
    expect(governs('EU', 'DE')).toBe(true)
    expect(governs('EU', 'NO')).toBe(true)
    expect(governs('EU', 'GB')).toBe(false)
    expect(governs('EU', 'CH')).toBe(false)
    expect(governs('UK', 'GB')).toBe(true)
    expect(governs('DE', 'FR')).toBe(false)
    expect(governs('DE', 'EU')).toBe(false)
  })

  it('have zones that this machine knows', () => {
    for (const market of ['EU', 'CY', 'GB', 'LI', 'SI'] as const)
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zoneOf(market) })).not.toThrow()
  })
})
