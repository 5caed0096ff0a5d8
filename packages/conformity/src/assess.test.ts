import { describe, expect, it } from 'vitest'
import { assess, isCalendarDay } from './assess.ts'
import { digestOf } from './canonical.ts'
import { EN303645_2020 } from './catalogues/en303645-2020/index.ts'
import { DE_2027 } from './profiles/de-2027/index.ts'
import { testAssessment } from './testing.ts'

describe('nothing known', () => {
  const nothing = testAssessment()

  it('is open everywhere, and says what is missing', () => {
    for (const { id, baseline, profiles } of nothing.provisions) {
      for (const one of [baseline, profiles['de-2027']!]) {
        expect(one.verdict, id).toBe('open')
        expect(one.missing.length, id).toBeGreaterThan(0)
        expect(one.reasons.length, id).toBeGreaterThan(0)
      }
    }
    expect(nothing.counts.baseline?.open).toBe(68)
  })

  it('has three open pillars under each rule', () => {
    for (const rule of ['baseline', 'de-2027']) {
      const { secureBoot, credentials, updates } = nothing.pillars[rule]!
      expect([secureBoot.verdict, credentials.verdict, updates.verdict]).toEqual(['open', 'open', 'open'])
    }
  })

  it('asks first what closes most', () => {
    const lengths = nothing.questions.map(({ provisions }) => provisions.length)
    expect(nothing.questions[0]?.trait).toBe('update-mechanism')
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a))
    expect(nothing.questions.map(({ trait }) => trait)).toHaveLength(13)
  })
})

describe('the assessment', () => {
  it('sorts provisions naturally and counts all of them under each rule', () => {
    const assessment = testAssessment()
    expect(assessment.provisions.map(({ id }) => id).slice(0, 2)).toEqual(['4-1', '5.1-1'])
    expect(assessment.provisions.at(-1)?.id).toBe('6-5')
    for (const counts of Object.values(assessment.counts)) {
      expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(68)
    }
  })

  it('carries id, version and digest of its rules', () => {
    const { catalogue, profiles } = testAssessment()
    expect(catalogue).toEqual({ id: 'en303645-2020', version: '1.1.0', digest: digestOf(EN303645_2020) })
    expect(profiles[0]).toMatchObject({ id: 'de-2027', digest: digestOf(DE_2027), lastFreeDay: '2027-01-01' })
  })

  it('has only the baseline without a profile', () => {
    const inputs = { catalogue: EN303645_2020, profiles: [], evidence: [], statedTraits: {}, partial: false }
    const assessment = assess({ ...inputs, asOf: '2027-01-02' })
    expect(Object.keys(assessment.pillars)).toEqual(['baseline'])
    expect(assessment.provisions.every(({ profiles }) => Object.keys(profiles).length === 0)).toBe(true)
  })

  it.each([
    ['2026-11-23', false],
    ['2027-01-01', false],
    ['2027-01-02', true],
  ])('knows on %s whether the cut-off lies behind', (asOf, past) => {
    const inputs = {
      catalogue: EN303645_2020,
      profiles: [DE_2027],
      evidence: [],
      statedTraits: {},
      partial: false,
    }
    expect(assess({ ...inputs, asOf }).profiles[0]?.inForceAsOf).toBe(past)
  })

  it.each(['', '2027-1-2', '2027-02-30', '2027-13-01', '2027-01-02T00:00:00Z', 'tomorrow'])(
    'refuses %j as a day',
    (asOf) => {
      const inputs = {
        catalogue: EN303645_2020,
        profiles: [],
        evidence: [],
        statedTraits: {},
        partial: false,
      }
      expect(isCalendarDay(asOf)).toBe(false)
      expect(() => assess({ ...inputs, asOf })).toThrow(expect.objectContaining({ code: 'bad-date' }))
    },
  )

  it('refuses a profile of another edition', () => {
    const stray = { ...DE_2027, edition: 'en303645-v3.1.3' as const }
    const inputs = {
      catalogue: EN303645_2020,
      evidence: [],
      statedTraits: {},
      partial: false,
      asOf: '2027-01-02',
    }
    expect(() => assess({ ...inputs, profiles: [stray] })).toThrow(
      expect.objectContaining({ code: 'edition-mismatch' }),
    )
  })
})
