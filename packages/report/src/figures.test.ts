import { describe, expect, it } from 'vitest'
import { bytes, day, decimal, roughBytes, whole } from './figures.ts'

describe('figures', () => {
  it('groups digits', () => {
    expect([0, 999, 1000, 1_234_567].map((it) => whole(it, 'en'))).toEqual(['0', '999', '1,000', '1,234,567'])
    expect(whole(1_234_567, 'de')).toBe('1.234.567')
  })

  it('writes decimals', () => {
    expect([decimal(7.9981, 3, 'en'), decimal(7.9981, 3, 'de')]).toEqual(['7.998', '7,998'])
  })

  it('writes sizes, exact beside rough', () => {
    expect(bytes(1, 'en')).toBe('1 byte')
    expect(bytes(0, 'en')).toBe('0 bytes')
    expect(bytes(1, 'de')).toBe('1 Byte')
    expect(bytes(7_995_392, 'en')).toBe('7.6 MiB (7,995,392 bytes)')
    expect(roughBytes(1023, 'de')).toBe('1.023 Byte')
    expect(roughBytes(1024, 'de')).toBe('1,0 KiB')
    expect(roughBytes(2 ** 53, 'en')).toBe('8192.0 TiB')
  })

  it('writes days, and leaves alone what is none', () => {
    expect([day('2027-01-01', 'en'), day('2027-03-01', 'de')]).toEqual(['1 January 2027', '1. März 2027'])
    expect(['2027-13-01', 'soon', ''].map((it) => day(it, 'de'))).toEqual(['2027-13-01', 'soon', ''])
  })
})
