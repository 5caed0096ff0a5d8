import type { Claim, Decision, Evidence, Waiver } from '@messlatte/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AssessInputs, assess, evidenceOn } from '../assess.ts'
import { EN303645_2020 } from '../catalogues/en303645-2020/index.ts'
import { PROFILES } from '../profiles/index.ts'
import { casesOf, TEST_CASES } from '../test-cases/index.ts'
import { REFERS_TO } from '../test-cases/refers.ts'
import { resultOn, testEvidence } from '../testing.ts'
import { decidedCases, groupVerdict, testVerdicts } from './test-verdicts.ts'

const RULES = PROFILES.filter(
  ({ id, edition }) => edition === 'en303645-2020' && ['de-2027', 'uk-psti', 'eu-cra-2027'].includes(id),
)

function assessed(more: Partial<AssessInputs>) {
  return assess({
    catalogue: EN303645_2020,
    profiles: RULES,
    evidence: [],
    statedTraits: {},
    asOf: '2026-11-28',
    partial: false,
    ...more,
  })
}

let next = 0
function decision(
  provision: string,
  more: Partial<Decision> = {},
  evidence: readonly Evidence[] = [],
): Decision {
  return {
    id: `d${next++}`,
    provision,
    rule: 'baseline',
    verdict: 'pass',
    by: 'A. Example',
    on: '2026-11-20',
    reason: 'seen',
    until: '2027-11-20',
    evidence: evidenceOn(EN303645_2020, evidence, RULES)(provision),
    ...more,
  }
}

const on = (id: string, verdict: Decision['verdict'], unit?: string): Decision =>
  decision(id.slice(0, id.lastIndexOf('-')), { case: id, verdict, ...(unit && { unit }) })

const baseline = (id: string, more: Partial<AssessInputs>) => resultOn(id, assessed(more)).baseline

describe('decisions on units and cases', () => {
  const verdictOf = (id: string, list: readonly Decision[]) =>
    decidedCases('en303645-2020', list).find((one) => one.id === id)

  it('make a case: any unit fails it, all of them pass it, a part leaves it inconclusive', () => {
    const [, functional] = casesOf('en303645-2020', '5.3-2')
    expect(functional).toMatchObject({ id: '5.3-2-2', units: 2 })
    expect(verdictOf('5.3-2-2', [on('5.3-2-2', 'pass', 'a'), on('5.3-2-2', 'fail', 'b')])?.verdict).toBe(
      'fail',
    )
    expect(verdictOf('5.3-2-2', [on('5.3-2-2', 'pass', 'a'), on('5.3-2-2', 'pass', 'b')])?.verdict).toBe(
      'pass',
    )
    expect(verdictOf('5.3-2-2', [on('5.3-2-2', 'pass', 'a')])?.verdict).toBe('inconclusive')
    expect(verdictOf('5.3-2-2', [on('5.3-2-2', 'pass'), on('5.3-2-2', 'fail', 'b')])?.verdict).toBe('fail')
    expect(verdictOf('5.3-2-2', [])?.verdict).toBeNull()
  })

  it('fail the cases that refer to them', () => {
    const failing = [on('5.5-1-1', 'fail'), on('5.5-7-1', 'pass')]
    expect(verdictOf('5.5-7-1', failing)).toMatchObject({ verdict: 'fail', failsBy: ['5.5-1-1'] })
    expect(verdictOf('5.8-1-1', failing)?.verdict).toBe('fail')
    expect(verdictOf('5.5-7-1', [on('5.5-1-1', 'pass'), on('5.5-7-1', 'pass')])?.verdict).toBe('pass')
  })

  it('refer only to cases that there are', () => {
    const known = TEST_CASES['en303645-2020'].map(({ id }) => id)
    expect(
      [...Object.keys(REFERS_TO), ...Object.values(REFERS_TO).flat()].filter((id) => !known.includes(id)),
    ).toEqual([])
  })

  it('make a group: any case fails it, all of them pass it', () => {
    const of = (...verdicts: readonly (Decision['verdict'] | null)[]) =>
      groupVerdict(verdicts.map((verdict) => ({ verdict })))
    expect([
      of('pass', 'pass'),
      of('pass', null),
      of('fail', null),
      of(null, null),
      of('pass', 'inconclusive'),
    ]).toEqual(['pass', 'inconclusive', 'fail', null, 'inconclusive'])
  })

  it('reach the verdict on the provision once all of its cases are decided', () => {
    const [first, second] = casesOf('en303645-2020', '5.4-3').map(({ id }) => id)
    expect(second).toBeDefined()
    const part = [on(first as string, 'pass')]
    expect(baseline('5.4-3', { decisions: part }).verdict).toBe('open')
    expect(baseline('5.4-3', { decisions: [...part, on(second as string, 'pass')] }).verdict).toBe('pass')
    expect(baseline('5.4-3', { decisions: [...part, on(second as string, 'fail')] }).verdict).toBe('fail')
    expect(baseline('5.5-7', { decisions: [on('5.5-1-1', 'fail')] }).verdict).toBe('fail')
    expect(baseline('5.5-7', { decisions: [on('5.5-1-1', 'fail')] }).reasons.at(-1)?.text.en).toMatch(
      /5\.5-7-1 FAIL \(5\.5-1-1\)/,
    )
  })

  it('lapse with other evidence, and with another file as their attachment', () => {
    const key = testEvidence('neutral', ['5.4-3'])
    const all = casesOf('en303645-2020', '5.4-3').map(({ id }) => on(id, 'pass'))
    expect(baseline('5.4-3', { decisions: all, evidence: [key] }).verdict).toBe('open')
    const attached = decision('5.4-3', { attachments: [{ document: 'r', sha256: 'aa' }] })
    const documents = (sha256: string) => ({ decisions: [attached], documents: new Map([['r', sha256]]) })
    expect(baseline('5.4-3', documents('aa')).verdict).toBe('pass')
    const lapsed = baseline('5.4-3', documents('bb'))
    expect([lapsed.verdict, lapsed.reasons.at(-1)?.text.en]).toEqual([
      'open',
      expect.stringMatching(/attachment r is not what it was/),
    ])
  })

  it('come to one verdict over all that is mandatory or claimed', () => {
    const all = EN303645_2020.provisions.filter(({ status }) => status === 'M').map(({ id }) => decision(id))
    const overall = (decisions: readonly Decision[], claims: readonly Claim[] = []) => {
      const { overall: verdict, because } = testVerdicts(assessed({ decisions, claims }), claims, decisions)
      return [verdict, because.length > 3 ? because.length : because.join()]
    }
    expect(overall([])).toEqual(['inconclusive', 33])
    expect(overall(all)).toEqual(['pass', ''])
    const claimed: Claim = { provision: '5.7-1', support: 'Y', detail: '' }
    expect(overall(all, [claimed])).toEqual(['inconclusive', '5.7-1'])
    expect(overall([...all, decision('5.7-1', { verdict: 'fail' })], [claimed])).toEqual(['fail', '5.7-1'])
    expect(overall(all, [{ provision: '5.4-3', support: 'N', detail: '' }])).toEqual(['fail', '5.4-3'])
  })
})

describe('what rules ask in their own numbering', () => {
  const asked = (profile: string, id: string, more: Partial<AssessInputs>) =>
    assessed({
      statedTraits: { 'internet-connected': true, 'radio-equipment': true },
      ...more,
    }).requirements.find((one) => one.profile === profile && one.id === id)!.result
  const claim = (provision: string, support: Claim['support']): readonly Claim[] => [
    { provision, support, detail: '' },
  ]

  it('is reached by claims along the lines that lead there', () => {
    expect(asked('uk-psti', 'PSTI-3', {}).verdict).toBe('open')
    expect(asked('uk-psti', 'PSTI-3', { claims: claim('5.3-13', 'N') }).verdict).toBe('fail')
    const yes = asked('uk-psti', 'PSTI-3', { claims: claim('5.3-13', 'Y') })
    expect([
      yes.verdict,
      yes.reasons.some(({ text }) => /on 5\.3-13, which leads here/.test(text.en)),
    ]).toEqual(['open', true])
    const evidence = [testEvidence('against', ['5.1-1'])]
    expect(asked('uk-psti', 'PSTI-1', { evidence }).verdict).toBe('fail')
    expect(asked('uk-psti', 'PSTI-1', { evidence, claims: claim('5.1-1', 'Y') }).verdict).toBe('contested')
  })

  it('is reached by decisions on provisions, which never pass it, and passed by its own', () => {
    expect(asked('uk-psti', 'PSTI-3', { decisions: [decision('5.3-13', { verdict: 'fail' })] }).verdict).toBe(
      'fail',
    )
    expect(asked('uk-psti', 'PSTI-3', { decisions: [decision('5.3-13')] }).verdict).toBe('supported')
    const own = decision('PSTI-3', { rule: 'uk-psti' })
    expect(asked('uk-psti', 'PSTI-3', { decisions: [own] }).verdict).toBe('pass')
    const evidence = [testEvidence('neutral', ['5.3-13'])]
    expect(asked('uk-psti', 'PSTI-3', { decisions: [own], evidence }).verdict).not.toBe('pass')
  })
})

describe('a waiver', () => {
  const waiver: Waiver = {
    id: 'w',
    provision: '5.4-3',
    rule: 'baseline',
    scope: { model: null, hardware: null, firmware: '1.2' },
    by: 'A. Example',
    on: '2026-11-01',
    until: '2026-12-31',
    reason: 'next release',
  }
  const product = { maker: null, model: null, hardware: null, firmware: '1.2', batch: null }
  const key = testEvidence('against', ['5.4-3'])

  it('is told and changes nothing', () => {
    const told = (more: Partial<AssessInputs>) => {
      const { verdict, reasons } = baseline('5.4-3', { evidence: [key], waivers: [waiver], product, ...more })
      return [verdict, reasons.at(-1)?.text.en.replace(/^.*next release /, '')]
    }
    expect(told({})).toEqual(['fail', 'The verdict stays as it is.'])
    expect(told({ asOf: '2027-01-01' })).toEqual(['fail', 'It does not hold on this day.'])
    expect(told({ product: { ...product, firmware: '1.3' } })).toEqual([
      'fail',
      'It does not cover this firmware.',
    ])
  })
})

describe('assess, with whatever people say', () => {
  const IDS = EN303645_2020.provisions.map(({ id }) => id)
  const CASES = TEST_CASES['en303645-2020'].map(({ id }) => id)
  const people = fc.record({
    claims: fc.uniqueArray(
      fc.record({
        provision: fc.constantFrom(...IDS),
        support: fc.constantFrom('Y' as const, 'N' as const, 'N/A' as const),
        detail: fc.constantFrom('', 'so'),
      }),
      { selector: ({ provision }) => provision, maxLength: 12 },
    ),
    evidence: fc.array(
      fc.record({
        polarity: fc.constantFrom('against' as const, 'for' as const),
        id: fc.constantFrom(...IDS),
      }),
      { maxLength: 6 },
    ),
    cases: fc.array(
      fc.record({
        id: fc.constantFrom(...CASES),
        verdict: fc.constantFrom('pass' as const, 'fail' as const, 'inconclusive' as const),
      }),
      {
        maxLength: 12,
      },
    ),
  })
  const inputs = ({ claims, evidence, cases }: typeof people extends fc.Arbitrary<infer T> ? T : never) => {
    const seen = evidence.map(({ polarity, id }) => testEvidence(polarity, [id]))
    const decisions = cases.map(({ id, verdict }) => {
      const provision = id.slice(0, id.lastIndexOf('-'))
      return decision(provision, { id, case: id, verdict }, seen)
    })
    return { claims, evidence: seen, decisions }
  }
  const RANK = ['fail', 'contested', 'open', 'not-met', 'supported', 'pass', 'not-applicable']
  const GREEN = ['supported', 'pass']

  it('is never made greener by more evidence against, and unknown answers let nothing off', () => {
    fc.assert(
      fc.property(people, fc.constantFrom(...IDS), (said, id) => {
        const told = inputs(said)
        const before = assessed(told)
        const after = assessed({
          ...told,
          evidence: [...told.evidence, testEvidence('against', [id], { kind: 'test.more' })],
        })
        const all = (one: ReturnType<typeof assessed>) => [
          ...one.provisions.flatMap(({ id: it, baseline: b, profiles }) =>
            [b, ...Object.values(profiles)].map((v) => [it, v.verdict] as const),
          ),
          ...one.requirements.map(({ id: it, result }) => [it, result.verdict] as const),
        ]
        all(after).forEach(([it, verdict], at) => {
          const was = all(before)[at]![1]
          if (it === id) expect(GREEN, it).not.toContain(verdict)
          if (GREEN.includes(verdict))
            expect(RANK.indexOf(verdict), it).toBeLessThanOrEqual(RANK.indexOf(was))
          expect(verdict, it).not.toBe('not-applicable')
        })
      }),
      { numRuns: 60 },
    )
  })

  it('is never better for more evidence against what is claimed', () => {
    const DISPROVED = ['fail', 'contested', 'not-met']
    fc.assert(
      fc.property(people, fc.constantFrom(...IDS), (said, id) => {
        const { claims, evidence } = inputs(said)
        const verdicts = (seen: readonly Evidence[]) =>
          assessed({ claims, evidence: seen }).provisions.flatMap(({ id: it, baseline: b, profiles }) =>
            [b, ...Object.values(profiles)].map((v) => [it, v.verdict] as const),
          )
        const before = verdicts(evidence)
        verdicts([...evidence, testEvidence('against', [id], { kind: 'test.more' })]).forEach(
          ([it, verdict], at) => {
            const was = before[at]![1]
            if (it !== id) expect(verdict, it).toBe(was)
            else if (DISPROVED.includes(was))
              expect(RANK.indexOf(verdict), it).toBeLessThanOrEqual(RANK.indexOf(was))
            else expect(DISPROVED, it).toContain(verdict)
          },
        )
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same bytes for claims and decisions in any order', () => {
    fc.assert(
      fc.property(people, (said) => {
        const told = inputs(said)
        const turned = { ...told, claims: told.claims.toReversed(), evidence: told.evidence.toReversed() }
        expect(JSON.stringify(assessed(turned))).toBe(JSON.stringify(assessed(told)))
      }),
      { numRuns: 40 },
    )
  })
})
