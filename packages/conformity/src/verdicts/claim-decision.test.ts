import type { Claim, Decision, Evidence, StatedTraits } from '@messlatte/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess, evidenceOn } from '../assess.ts'
import { EN303645_2020 } from '../catalogues/en303645-2020/index.ts'
import { DE_2027 } from '../profiles/de-2027/index.ts'
import { resultOn, testEvidence } from '../testing.ts'

interface Told {
  readonly evidence?: readonly Evidence[]
  readonly claims?: readonly Claim[]
  readonly decisions?: readonly Decision[]
  readonly traits?: StatedTraits
  readonly asOf?: string
}

function verdict(id: string, told: Told, rule: 'baseline' | 'de-2027' = 'baseline') {
  const assessment = assess({
    catalogue: EN303645_2020,
    profiles: [DE_2027],
    evidence: told.evidence ?? [],
    statedTraits: told.traits ?? {},
    asOf: told.asOf ?? '2026-11-28',
    partial: false,
    ...(told.claims && { claims: told.claims }),
    ...(told.decisions && { decisions: told.decisions }),
  })
  const result = resultOn(id, assessment)
  return rule === 'baseline' ? result.baseline : result.profiles['de-2027']!
}

const claim = (provision: string, support: Claim['support'], detail = ''): readonly Claim[] => [
  { provision, support, detail },
]

function decision(provision: string, evidence: readonly Evidence[], more: Partial<Decision> = {}): Decision {
  return {
    id: 'd1',
    provision,
    rule: 'baseline',
    verdict: 'pass',
    by: 'A. Example',
    on: '2026-11-20',
    reason: 'seen',
    until: '2027-11-20',
    evidence: evidenceOn(EN303645_2020, evidence)(provision),
    ...more,
  }
}

const key = testEvidence('against', ['5.4-3'], { kind: 'key.private' })
const unsigned = testEvidence('against', ['5.7-1'], { kind: 'boot.chain.absent' })

describe('a claim', () => {
  it('is no proof', () => {
    expect(verdict('5.4-3', { claims: claim('5.4-3', 'Y', 'none in the code') }).verdict).toBe('open')
  })

  it('that evidence denies is contested, and both sides are named', () => {
    const { verdict: name, reasons } = verdict('5.4-3', { evidence: [key], claims: claim('5.4-3', 'Y') })
    expect(name).toBe('contested')
    expect(reasons.map(({ text }) => text.en).join('\n')).toMatch(
      /key\.private[\s\S]*disagree[\s\S]*claims: Y/,
    )
    expect(reasons.flatMap(({ evidence }) => evidence)).toEqual([key.id])
  })

  it('of no fails what is mandatory, and asks what is recommended for a justification', () => {
    expect(verdict('5.4-3', { claims: claim('5.4-3', 'N') }).verdict).toBe('fail')
    const bare = verdict('5.7-1', { claims: claim('5.7-1', 'N') })
    expect([bare.verdict, bare.missing.length]).toEqual(['not-met', 1])
    const justified = verdict('5.7-1', { claims: claim('5.7-1', 'N', 'no chip for it') })
    expect([justified.verdict, justified.missing.length]).toEqual(['not-met', 0])
    expect(verdict('5.7-1', { claims: claim('5.7-1', 'N', 'no chip for it') }, 'de-2027').verdict).toBe(
      'fail',
    )
  })

  it('records the justification of what evidence disproves', () => {
    const { verdict: name, reasons } = verdict('5.7-1', {
      evidence: [unsigned],
      claims: claim('5.7-1', 'N', 'planned'),
    })
    expect(name).toBe('not-met')
    expect(reasons.map(({ text }) => text.en).join(' ')).not.toMatch(/none was handed in/)
  })

  it('of N/A lets nothing off by itself', () => {
    expect(verdict('5.4-3', { claims: claim('5.4-3', 'N/A') }).verdict).toBe('open')
    expect(verdict('6-2', { claims: claim('6-2', 'N/A') }).verdict).toBe('open')
    expect(
      verdict('6-2', { claims: claim('6-2', 'N/A'), traits: { 'personal-data-by-consent': true } }).verdict,
    ).toBe('contested')
    expect(
      verdict('6-2', { claims: claim('6-2', 'N/A'), traits: { 'personal-data-by-consent': false } }).verdict,
    ).toBe('not-applicable')
    expect(verdict('5.4-3', { evidence: [key], claims: claim('5.4-3', 'N/A') }).verdict).toBe('contested')
  })
})

describe('a decision', () => {
  it('passes what is open, on the very evidence that it names', () => {
    expect(verdict('5.4-3', { decisions: [decision('5.4-3', [])] }).verdict).toBe('pass')
    const hint = testEvidence('neutral', ['5.4-3'], { kind: 'key.public' })
    expect(verdict('5.4-3', { evidence: [hint], decisions: [decision('5.4-3', [hint])] }).verdict).toBe(
      'pass',
    )
    const lapsed = verdict('5.4-3', { evidence: [hint], decisions: [decision('5.4-3', [])] })
    expect(lapsed.verdict).toBe('open')
    expect(lapsed.reasons.at(-1)?.text.en).toMatch(/lapsed: there is other evidence/)
  })

  it('never turns a fail green: a pass beside it is contested', () => {
    expect(verdict('5.4-3', { evidence: [key], decisions: [decision('5.4-3', [key])] }).verdict).toBe(
      'contested',
    )
    expect(
      verdict('5.7-1', { evidence: [unsigned], decisions: [decision('5.7-1', [unsigned])] }).verdict,
    ).toBe('contested')
    expect(
      verdict('5.4-3', { claims: claim('5.4-3', 'N'), decisions: [decision('5.4-3', [])] }).verdict,
    ).toBe('contested')
  })

  it('holds for its rule alone, from its day to its end', () => {
    const one = decision('5.7-1', [])
    expect(verdict('5.7-1', { decisions: [one] }).verdict).toBe('pass')
    expect(verdict('5.7-1', { decisions: [one] }, 'de-2027').verdict).toBe('open')
    expect(verdict('5.7-1', { decisions: [one], asOf: '2027-11-21' }).verdict).toBe('open')
    expect(verdict('5.7-1', { decisions: [one], asOf: '2026-11-19' }).verdict).toBe('open')
  })

  it('of fail or inconclusive counts, and the worst of several', () => {
    const no = decision('5.4-3', [], { verdict: 'fail' })
    const unsure = decision('5.4-3', [], { verdict: 'inconclusive' })
    const yes = decision('5.4-3', [])
    expect(verdict('5.4-3', { decisions: [yes, no, unsure] }).verdict).toBe('fail')
    expect(verdict('5.4-3', { decisions: [yes, unsure] }).verdict).toBe('open')
    expect(verdict('5.7-1', { decisions: [decision('5.7-1', [], { verdict: 'fail' })] }).verdict).toBe(
      'not-met',
    )
  })
})

describe('claims and decisions, for any inputs', () => {
  const ids = EN303645_2020.provisions.map(({ id }) => id)
  const DISPROVED = ['fail', 'contested', 'not-met']
  const GREEN = ['supported', 'pass', 'not-applicable']

  it('never turn what is disproved green, under any rule', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.array(fc.constantFrom('against' as const, 'for' as const, 'neutral' as const), { maxLength: 4 }),
        fc.option(fc.constantFrom('Y' as const, 'N' as const, 'N/A' as const), { nil: undefined }),
        fc.array(fc.constantFrom('pass' as const, 'inconclusive' as const, 'fail' as const), {
          maxLength: 3,
        }),
        (id, polarities, support, verdicts) => {
          const evidence = polarities.map((polarity, at) => testEvidence(polarity, [id], { path: `p${at}` }))
          for (const rule of ['baseline', 'de-2027'] as const) {
            const alone = verdict(id, { evidence }, rule).verdict
            const told = verdict(
              id,
              {
                evidence,
                ...(support && { claims: claim(id, support) }),
                decisions: verdicts.map((one) => decision(id, evidence, { rule, verdict: one })),
              },
              rule,
            ).verdict
            if (DISPROVED.includes(alone)) expect(GREEN, `${id} ${rule}`).not.toContain(told)
            if (told === 'pass') expect(verdicts).toContain('pass')
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
