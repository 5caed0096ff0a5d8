import type { RequirementResult, StatedTraits } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { assess } from '../assess.ts'
import { CATALOGUES } from '../catalogues/index.ts'
import { PROFILES } from '../profiles/index.ts'
import { testEvidence } from '../testing.ts'

function requirement(
  profile: string,
  id: string,
  evidence: readonly ReturnType<typeof testEvidence>[],
  statedTraits: StatedTraits = {},
  edition: keyof typeof CATALOGUES = 'en303645-2020',
): RequirementResult {
  const rule = PROFILES.find((one) => one.id === profile && one.edition === edition)!
  return assess({
    catalogue: CATALOGUES[edition],
    profiles: [rule],
    evidence,
    statedTraits,
    asOf: '2026-11-28',
    partial: false,
  }).requirements.find((one) => one.id === id)!
}

const weak = testEvidence('against', ['5.1-1'], { kind: 'account.password.weak' })
const key = testEvidence('against', ['5.4-3'], { kind: 'key.private' })
const online = { 'radio-equipment': true, 'internet-connected': true }

describe('a requirement of a profile', () => {
  it('fails where a part of what it asks is disproved, and says by whose line', () => {
    const { result } = requirement('uk-psti', 'PSTI-1', [weak])
    expect([result.verdict, result.sourceStatus]).toEqual(['fail', 'in-force'])
    expect(result.reasons.at(-1)?.text.en).toMatch(/5\.1-1, 5\.1-2, by a mapping of: SI 2023\/1007/)
  })

  it('stays open by a line that only touches it', () => {
    const { result } = requirement('eu-red-2025', 'CCK-3', [key], online)
    expect(result.verdict).toBe('open')
    expect(result.reasons[0]?.text.en).toMatch(/^Casts doubt/)
  })

  it('is never supported by a part', () => {
    const signed = testEvidence('for', ['5.3-7', '5.3-9', '5.3-10'], { level: 'E6' })
    expect(requirement('eu-red-2025', 'SUM-2', [signed], online).result.verdict).toBe('open')
    const unique = testEvidence('for', ['5.1-1', '5.1-2'])
    expect(requirement('uk-psti', 'PSTI-1', [unique]).result.verdict).toBe('open')
  })

  it('applies to what its law applies to', () => {
    expect(requirement('eu-red-2025', 'GEC-8', [], { 'transfers-value': false }).result.verdict).toBe(
      'not-applicable',
    )
    expect(requirement('eu-red-2025', 'GEC-8', [], online).result.verdict).toBe('open')
    expect(requirement('eu-red-2025', 'AUM-5-1', [weak], { 'radio-equipment': false }).result.verdict).toBe(
      'contested',
    )
  })

  it('fails nothing while it is not known whether its law is about the product', () => {
    const { result } = requirement('eu-red-2025', 'AUM-5-1', [weak])
    expect(result.verdict).toBe('open')
    expect(result.reasons[0]?.text.en).toMatch(/about the product at all is not known/)
    expect(result.missing[0]?.what.en).toMatch(/^An answer to: Does the product send or receive by radio/)
  })

  it('without lines is open whatever was found, and says so', () => {
    const { result } = requirement('eu-cra-2027', 'II(1)', [weak, key])
    expect(result.verdict).toBe('open')
    expect(result.reasons.at(-1)?.text.en).toMatch(/No provision of EN 303 645 leads here/)
  })

  it('is reached over V3.1.3 by what the provisions became', () => {
    expect(requirement('eu-red-2025', 'AUM-5-1', [weak], online, 'en303645-v3.1.3').result.verdict).toBe(
      'fail',
    )
    const { lines } = requirement('eu-red-2025', 'SUM-3', [], {}, 'en303645-v3.1.3')
    expect(lines.map(({ provision }) => provision)).toEqual(['5.3-3', '5.3-4A', '5.3-4B', '5.3-6A', '5.3-6B'])
  })

  it('fails the law that asks for updates where the product has none', () => {
    expect(requirement('eu-cra-2027', 'I(2)(c)', [], { 'update-mechanism': false }).result.verdict).toBe(
      'fail',
    )
  })

  it('counts in the pillars and sums of its profile, which judges no provision by its number', () => {
    const rule = PROFILES.find(({ id }) => id === 'uk-psti')!
    const { counts, pillars, provisions, questions } = assess({
      catalogue: CATALOGUES['en303645-2020'],
      profiles: [rule],
      evidence: [weak],
      statedTraits: {},
      asOf: '2026-11-28',
      partial: false,
    })
    expect(counts['uk-psti']).toMatchObject({ fail: 1, open: 3 })
    expect(pillars['uk-psti']?.credentials.verdict).toBe('fail')
    expect(pillars['uk-psti']?.secureBoot.verdict).toBe('not-applicable')
    expect(provisions.every(({ profiles }) => Object.keys(profiles).length === 0)).toBe(true)
    expect(questions.length).toBeGreaterThan(0)
  })
})
