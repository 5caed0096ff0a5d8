import type { Claim, Decision } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { rich } from '../testing/sample.ts'
import { type ClaimedProject, writeCyclonedxAttestations } from './attestations.ts'

const [FIRST, SECOND, THIRD] = rich.assessment.provisions.map(({ id }) => id)
const DECISION: Decision = {
  id: 'd-1',
  provision: FIRST!,
  rule: 'baseline',
  verdict: 'pass',
  by: 'A. Muster',
  on: '2026-10-01',
  until: '2027-10-01',
  reason: 'seen',
  evidence: [],
}
const CLAIMS: readonly Claim[] = [
  { provision: FIRST!, support: 'Y', detail: 'measures' },
  { provision: SECOND!, support: 'N', detail: '' },
  { provision: THIRD!, support: 'Y', detail: 'PASS', from: 'self-assessment' },
]
const PROJECT: ClaimedProject = { ...rich, tool: 'messlatte 0.1.0', claims: CLAIMS, decisions: [DECISION] }
const bom = (project = PROJECT) => JSON.parse(writeCyclonedxAttestations(project, 'en'))

function refsIn(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  const own = 'bom-ref' in value ? [String(value['bom-ref'])] : []
  return [...own, ...Object.values(value).flatMap(refsIn)]
}

describe('writeCyclonedxAttestations', () => {
  it('has every claim, and counter-claims where support is denied', () => {
    const { claims, attestations } = bom().declarations
    expect(
      claims.map(({ predicate }: { predicate: string }) => predicate.slice(0, predicate.indexOf(' ('))),
    ).toEqual([`${FIRST}: Y`, `${SECOND}: N`, `${THIRD}: Y`])
    const line = (id: string) =>
      attestations[0].map.find(
        ({ requirement }: { requirement: string }) => requirement === `requirement-${id}`,
      )
    expect(line(FIRST!)).toMatchObject({ claims: ['claim-1'], counterClaims: [] })
    expect(line(SECOND!)).toMatchObject({ claims: [], counterClaims: ['claim-2'] })
    expect(claims[2].reasoning).toBe('self-assessment: PASS')
  })

  it('puts evidence and counter-evidence beside each claim', () => {
    const against = rich.evidence.filter(
      ({ polarity, provisions }) => polarity === 'against' && provisions.length > 0,
    )
    const about = against[0]!.provisions.find(({ edition }) => edition === rich.assessment.catalogue.id)!.id
    const [claim] = bom({ ...PROJECT, claims: [{ provision: about, support: 'Y', detail: '' }] }).declarations
      .claims
    expect(claim.counterEvidence).toContain(`evidence-${against[0]!.id}`)
    expect(claim).not.toHaveProperty('reasoning')
  })

  it('names who decided what, and gives no score', () => {
    const { assessors, attestations } = bom().declarations
    expect(assessors[1]).toEqual({
      'bom-ref': 'assessor-1',
      organization: { contact: [{ name: 'A. Muster' }] },
    })
    expect(attestations[1].map).toEqual([
      {
        requirement: `requirement-${FIRST}`,
        conformance: { rationale: 'baseline: pass, 2026-10-01 – 2027-10-01: seen' },
      },
    ])
    expect(JSON.stringify(bom())).not.toContain('score')
  })

  it('refers only to what is there, each by a name of its own, and is the same bytes again', () => {
    const written = bom()
    const refs = refsIn(written)
    expect(new Set(refs).size).toBe(refs.length)
    const { attestations, claims } = written.declarations
    const used = [
      ...attestations.flatMap((one: { map: readonly Record<string, unknown>[] }) =>
        one.map.flatMap(({ requirement, claims: a = [], counterClaims: b = [] }) =>
          [requirement, a, b].flat(),
        ),
      ),
      ...claims.flatMap((one: Record<string, unknown>) =>
        [one.target, one.evidence, one.counterEvidence].flat(),
      ),
    ]
    for (const ref of used) expect(refs).toContain(ref)
    expect(writeCyclonedxAttestations(PROJECT, 'de')).toBe(writeCyclonedxAttestations(PROJECT, 'de'))
  })
})
