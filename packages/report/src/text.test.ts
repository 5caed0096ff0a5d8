import { describe, expect, it } from 'vitest'
import { fill, pick } from './text.ts'

const TEXT = { en: 'see {place}', de: 'siehe {place}' }

describe('texts', () => {
  it('picks a language', () => {
    expect([pick(TEXT, 'en'), pick(TEXT, 'de')]).toEqual(['see {place}', 'siehe {place}'])
  })

  it('fills places', () => {
    expect(fill(TEXT, 'de', { place: 7 })).toBe('siehe 7')
  })

  it('reads no place out of a value, and leaves one without value', () => {
    const both = { en: '{place} {other} {constructor}', de: '' }
    expect(fill(both, 'en', { place: '{other}' })).toBe('{other} {other} {constructor}')
  })
})
