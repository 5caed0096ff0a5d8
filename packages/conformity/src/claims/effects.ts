import type { Claim, ClaimSet, Evidence, Reason, Text } from '@messlatte/model'
import type { CatalogueRule } from '../rules.ts'
import { type Admission, admissionsOf } from './admissions.ts'
import { undeclared, undeclaredReason } from './compare.ts'
import { effectiveClaims, notMetAsWell } from './effective.ts'
import type { ClaimFinding } from './finding.ts'

/** What claims do to verdicts. */
export interface ClaimEffects {
  readonly claims: readonly Claim[]
  readonly admissions: readonly Admission[]
  /** Provisions that a document itself disproves, where their test cases look at just that document. */
  readonly disproved: readonly { readonly provision: string; readonly text: Text }[]
  /** By provision on which support is claimed: what its tables never declared. */
  readonly undeclared: ReadonlyMap<string, readonly Reason[]>
}

/** Everything that claims can do under one edition, by what was found in them and what was observed. */
export function effectsOf(
  claims: ClaimSet,
  findings: readonly ClaimFinding[],
  { edition }: CatalogueRule,
  evidence: readonly Evidence[],
): ClaimEffects {
  const effective = effectiveClaims(claims, edition)
  const supported = new Set(
    effective.filter(({ support }) => support === 'Y').map(({ provision }) => provision),
  )
  const silent = new Map<string, Reason[]>()
  for (const one of undeclared(claims, evidence)) {
    const about = one.evidence.provisions.filter((ref) => ref.edition === edition && supported.has(ref.id))
    for (const { id } of about) silent.set(id, [...(silent.get(id) ?? []), undeclaredReason(one)])
  }
  return {
    claims: effective,
    admissions: admissionsOf(claims.tables),
    disproved: findings.flatMap(({ fails = [], about, text }) =>
      fails
        .flatMap((provision) => notMetAsWell(provision, claims.edition, edition))
        .map((provision) => ({
          provision,
          text: { en: `${about}: ${text.en}`, de: `${about}: ${text.de}` },
        })),
    ),
    undeclared: silent,
  }
}
