import { CATALOGUES, diffRules, PROFILES, type RuleSet } from '@messlatte/conformity'
import { describe, expect, it } from 'vitest'
import { renderDiff } from './render.ts'

const OLD: RuleSet = { id: 'baseline-2020', catalogue: CATALOGUES['en303645-2020'] }
const NEW: RuleSet = { id: 'baseline-v3', catalogue: CATALOGUES['en303645-v3.1.3'] }
const GERMAN: RuleSet = { ...OLD, id: 'de-2027', profile: PROFILES.find(({ id }) => id === 'de-2027')! }

function rendered(a: RuleSet, b: RuleSet, language: 'en' | 'de'): string {
  return renderDiff([a, b], diffRules(a, b), { language, colour: false, width: 110 })
}

describe('renderDiff', () => {
  it('says what is raised, by which kind of source, and whom it hits', () => {
    const text = rendered(OLD, GERMAN, 'en')
    expect(text).toContain('9 differences from baseline-2020 to de-2027')
    expect(text).toContain('5.7-1: The device verifies its software by secure boot')
    expect(text).toContain('reported: report-2026-07')
    expect(text).toContain('units placed on the market (DE) after 1 January 2027')
    expect(text).toContain('Hits every product')
    expect(text).toContain('Hits products for which this does not hold: “Has the device any mechanism')
  })

  it('says between editions what became of a provision', () => {
    const text = rendered(OLD, NEW, 'de')
    expect(text).toContain('5.6-4 → 5.6-4A')
    expect(text).toContain('Neu in dieser Richtung (6)')
  })

  it('says so where nothing differs', () => {
    expect(rendered(NEW, NEW, 'en')).toContain('0 differences from baseline-v3 to baseline-v3')
  })
})
