import type {
  Evidence,
  Missing,
  ProvisionStatus,
  ProvisionVerdict,
  Reason,
  Text,
  Verdict,
} from '@messlatte/model'
import type { Admission } from '../claims/admissions.ts'
import { EVIDENCE_KINDS } from '../kinds.ts'
import type { ProvisionRule } from '../rules.ts'
import { text } from '../text.ts'
import type { Traits } from '../traits/resolve.ts'
import type { Found } from './found.ts'
import type { SaidBefore } from './reasons.ts'
import * as say from './reasons.ts'
import { applicability, need } from './standing.ts'

export interface Inputs {
  readonly found: Found
  readonly traits: Traits
  /** True where not all of the release was looked at. */
  readonly partial: boolean
  /** What the supplier's own tables say against the product. */
  readonly admissions?: readonly Admission[]
  readonly said?: SaidBefore
}

/** The verdict on one provision, at the status that the catalogue or a profile gives it. */
export function assessProvision(
  provision: ProvisionRule,
  status: ProvisionStatus,
  inputs: Inputs,
): ProvisionVerdict {
  const { traits } = inputs
  const byKind = (list: readonly Evidence[], lead?: Text) => say.byKind(list, lead, inputs.said)
  const applies = applicability(provision.condition, traits)
  const found = applies === 'unknown' ? withoutAbsences(inputs.found) : inputs.found
  const needed = need(provision.needs, traits)
  const conflicts = say.conflicts([provision.condition, provision.needs], traits)
  const verdict = (
    name: Verdict,
    reasons: readonly Reason[],
    missing: readonly Missing[] = [],
  ): ProvisionVerdict => ({
    status,
    verdict: name,
    reasons: [...reasons, ...conflicts],
    missing,
  })
  const disproved = (reasons: readonly Reason[]): ProvisionVerdict =>
    status === 'M'
      ? verdict('fail', reasons)
      : verdict('not-met', [...reasons, say.JUSTIFICATION_NEEDED], [say.JUSTIFICATION])
  const against = byKind(found.against)

  if (applies === 'disputed') return verdict('contested', [...against, say.DISPUTED])
  if (applies === 'fails') {
    const because = [NOT_APPLICABLE, ...say.answers(provision.condition!, traits)]
    if (against.length > 0) return verdict('contested', [...against, ...because])
    if (found.doubts.length > 0)
      return verdict('open', [...byKind(found.doubts, DOUBT), ...because], provision.missing)
    return verdict('not-applicable', because)
  }
  const disputed = applies === 'holds' && needed === 'disputed'
  // A recommendation whose statement is contradicted stays contested: evidence against must not soften it to not-met.
  if (against.length > 0 && !(disputed && status === 'R')) {
    return disproved(applies === 'unknown' ? [...against, CONDITION_NOT_DENIED] : against)
  }
  if (disputed) return verdict('contested', [...against, say.DISPUTED])
  if (applies === 'holds' && needed === 'fails') {
    return disproved([LACKS_WHAT_IT_NEEDS, ...say.answers(provision.needs!, traits)])
  }
  const blockers: readonly Reason[] = [
    ...byKind(found.doubts, DOUBT),
    ...(applies === 'unknown' ? [CONDITION_UNKNOWN] : []),
    ...(needed === 'holds' ? [] : [NEED_UNKNOWN]),
    ...beyond(provision, found),
    ...byKind(found.blind),
    ...(inputs.partial ? [say.PARTIAL] : []),
  ]
  const backing = byKind(found.backing, SPEAKS_FOR)
  if (backing.length > 0 && blockers.length === 0) return verdict('supported', backing)
  const seen = [...backing, ...byKind(found.hints, HINTS), ...byKind(found.neutral, DECIDES_NOTHING)]
  const questions = [
    ...say.unanswered(provision.condition, traits),
    ...say.unanswered(provision.needs, traits),
  ]
  return verdict(
    'open',
    [
      ...seen,
      ...(seen.length + found.doubts.length + found.blind.length === 0 ? [say.NOTHING_FOUND] : []),
      ...blockers,
    ],
    [...questions, ...provision.missing],
  )
}

const ABSENCES: ReadonlySet<string> = new Set(
  EVIDENCE_KINDS.flatMap(({ kind, isAbsence }) => (isAbsence ? [kind] : [])),
)

/** While nobody says that a product needs it, that it is missing casts doubt and no more. */
function withoutAbsences(found: Found): Found {
  const missing = found.against.filter(({ kind }) => ABSENCES.has(kind))
  if (missing.length === 0) return found
  return {
    ...found,
    against: found.against.filter(({ kind }) => !ABSENCES.has(kind)),
    doubts: [...found.doubts, ...missing],
  }
}

/** All that it takes beside an image was handed in. */
function isProven({ proof }: ProvisionRule, { backing }: Found): boolean {
  return proof?.every((kind) => backing.some((one) => one.kind === kind)) ?? false
}

function beyond(provision: ProvisionRule, found: Found): readonly Reason[] {
  if (provision.imageCanSupport || found.backing.length === 0 || isProven(provision, found)) return []
  return [{ text: provision.cannotShow ?? say.BEYOND_IMAGE, evidence: [] }]
}

const SPEAKS_FOR = text('Speaks for it', 'Spricht dafür')
const DOUBT = text(
  'Casts doubt, and does not suffice to decide',
  'Weckt Zweifel und reicht für eine Entscheidung nicht aus',
)
const HINTS = text('Hints at it, and proves nothing', 'Deutet darauf hin und beweist nichts')
const DECIDES_NOTHING = text('Seen, decides nothing', 'Gesehen, entscheidet nichts')

const NOT_APPLICABLE = say.bare(
  'Its condition does not hold, by these answers:',
  'Ihre Bedingung trifft nicht zu, nach diesen Antworten:',
)
const CONDITION_UNKNOWN = say.bare(
  'Whether its condition holds is not known.',
  'Ob ihre Bedingung zutrifft, ist nicht bekannt.',
)
const CONDITION_NOT_DENIED = say.bare(
  'Whether its condition holds was not stated; nothing shows that it does not. A stated no would make this contested.',
  'Ob ihre Bedingung zutrifft, wurde nicht angegeben; nichts zeigt, dass sie nicht zutrifft. Ein angegebenes Nein machte dies strittig.',
)
const NEED_UNKNOWN = say.bare(
  'Whether the product has what this needs is not known.',
  'Ob das Produkt hat, was dies voraussetzt, ist nicht bekannt.',
)
const LACKS_WHAT_IT_NEEDS = say.bare(
  'The product lacks what this needs, by these answers; evidence of the opposite would overturn it:',
  'Dem Produkt fehlt nach diesen Antworten, was dies voraussetzt; ein Nachweis des Gegenteils höbe das auf:',
)
