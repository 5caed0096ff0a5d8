import { createHash } from 'node:crypto'
import type { Assessment, ClaimSet, Evidence, ProvisionResult, StatedTraits, Verdict } from '@messlatte/model'
import { assess } from './assess.ts'
import { EN303645_2020 } from './catalogues/en303645-2020/index.ts'
import { EMPTY_CLAIMS } from './claims/empty.ts'
import { DE_2027 } from './profiles/de-2027/index.ts'

/** Evidence for tests on provisions of the 2020 edition: what a test does not say is of no account to verdicts. */
export function testEvidence(
  polarity: Evidence['polarity'],
  provisions: readonly string[],
  more: Partial<Omit<Evidence, 'provisions' | 'polarity'>> & {
    readonly grade?: 'high' | 'medium' | 'low'
  } = {},
): Evidence {
  const { grade = 'high', ...rest } = more
  const kind = more.kind ?? 'test.seen'
  const path = more.path ?? 'fw.bin@0x0:squashfs/etc/passwd'
  return {
    id: createHash('sha256')
      .update([polarity, kind, path, grade, ...provisions].join('\n'))
      .digest('hex'),
    check: 'test.check',
    checkVersion: 1,
    provisions: provisions.map((id) => ({ edition: 'en303645-2020', id })),
    cases: [],
    polarity,
    kind,
    path,
    offset: 0,
    length: 1,
    sha256: '00'.repeat(32),
    title: { en: `Seen: ${kind}`, de: `Gesehen: ${kind}` },
    observation: null,
    confidence: { grade, reason: { en: 'made for a test', de: 'für einen Test gemacht' } },
    ...rest,
  }
}

/** An assessment of the 2020 edition under de-2027, before the cut-off. */
export function testAssessment(
  evidence: readonly Evidence[] = [],
  statedTraits: StatedTraits = {},
  partial = false,
): Assessment {
  return assess({
    catalogue: EN303645_2020,
    profiles: [DE_2027],
    evidence,
    statedTraits,
    asOf: '2026-11-23',
    partial,
  })
}

export function resultOn(id: string, assessment: Assessment): ProvisionResult {
  return assessment.provisions.find((result) => result.id === id)!
}

/** Baseline and de-2027 verdict of one provision. */
export function verdictsOn(id: string, assessment: Assessment): readonly (Verdict | undefined)[] {
  const { baseline, profiles } = resultOn(id, assessment)
  return [baseline.verdict, profiles['de-2027']?.verdict]
}

/** A set of claims that claims nothing. */
export const NO_CLAIMS: ClaimSet = { edition: 'en303645-2020', ...EMPTY_CLAIMS }
