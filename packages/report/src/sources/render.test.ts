import { listSources } from '@messlatte/conformity'
import { describe, expect, it } from 'vitest'
import { renderSources } from './render.ts'

function rendered(asOf: string, language: 'en' | 'de'): string {
  return renderSources(listSources(asOf), asOf, { language, colour: false, width: 100 })
}

describe('renderSources', () => {
  it('gives each source with status, day of the last look and what would change it', () => {
    const text = rendered('2026-11-28', 'en')
    for (const { id } of listSources('2026-11-28')) expect(text).toContain(`\n${id}\n`)
    expect(text).toContain('reported, from 2 January 2027')
    expect(text).toContain('22 November 2026, 6 days before')
    expect(text).toContain('a denial by an authority')
    expect(text).not.toContain('!')
  })

  it('flags old ones, in both languages', () => {
    expect(rendered('2027-02-21', 'en')).toContain('! Nobody has looked for more than 90 days')
    expect(rendered('2027-02-21', 'de')).toContain('! Seit mehr als 90 Tagen')
  })
})
