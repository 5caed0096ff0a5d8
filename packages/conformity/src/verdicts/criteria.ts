import type { Missing, ProvisionVerdict, Reason, SourceStatus, Text, Verdict } from '@messlatte/model'
import type { Admission } from '../claims/admissions.ts'
import { worstVerdict } from '../order.ts'
import type { CriterionRule } from '../rules.ts'
import { text } from '../text.ts'
import type { Traits } from '../traits/resolve.ts'
import { admissionReasons } from './claim.ts'
import type { Found } from './found.ts'
import * as say from './reasons.ts'
import { need } from './standing.ts'

interface Outcome {
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  readonly missing: readonly Missing[]
}

/** A provision's verdict with what a profile asks beyond the catalogue: the worst of them counts. */
export function withCriteria(
  base: ProvisionVerdict,
  criteria: readonly CriterionRule[],
  traits: Traits,
  found: Found,
  admissions: readonly Admission[] = [],
): ProvisionVerdict {
  const outcomes = criteria.flatMap((criterion) => judgeCriterion(criterion, traits, found, admissions) ?? [])
  const verdict = worstVerdict([base.verdict, ...outcomes.map((outcome) => outcome.verdict)])
  const deciding = outcomes.filter((outcome) => outcome.verdict === verdict)
  return {
    status: base.status,
    verdict,
    reasons: [...base.reasons, ...deciding.flatMap((outcome) => outcome.reasons)],
    missing: missingFor(verdict, base, deciding),
  }
}

function missingFor(
  verdict: Verdict,
  base: ProvisionVerdict,
  deciding: readonly Outcome[],
): readonly Missing[] {
  if (verdict !== 'open' && verdict !== base.verdict) return []
  const asks = [...base.missing, ...deciding.flatMap((outcome) => outcome.missing)]
  return asks.filter(({ what }, at) => asks.findIndex((other) => other.what.en === what.en) === at)
}

/** Undefined where the criterion is met and takes nothing away. */
function judgeCriterion(
  criterion: CriterionRule,
  traits: Traits,
  { backing }: Found,
  admissions: readonly Admission[],
): Outcome | undefined {
  const { needs, missing, shownBy } = criterion
  if (shownBy !== undefined && backing.some(({ kind }) => kind === shownBy)) return undefined
  const denied = admissions.filter(({ denies }) => shownBy !== undefined && denies.includes(shownBy))
  if (denied.length > 0)
    return {
      verdict: 'fail',
      reasons: [named(criterion, ADMITTED), ...admissionReasons(denied)],
      missing: [],
    }
  if (!needs)
    return { verdict: 'open', reasons: [named(criterion, criterion.because ?? NOT_IN_IMAGE)], missing }
  switch (need(needs, traits)) {
    case 'holds':
      return undefined
    case 'unknown':
      return {
        verdict: 'open',
        reasons: [named(criterion, NOT_KNOWN)],
        missing: [...say.unanswered(needs, traits), ...missing],
      }
    case 'disputed':
      return {
        verdict: 'contested',
        reasons: [named(criterion, DISPUTED), ...say.conflicts([needs], traits)],
        missing: [],
      }
    case 'fails':
      return {
        verdict: 'fail',
        reasons: [named(criterion, LACKING), ...say.answers(needs, traits)],
        missing: [],
      }
  }
}

function named(criterion: CriterionRule, outcome: Text): Reason {
  const status = STATUS_WORDS[criterion.sourceStatus]
  return say.bare(
    `The profile also asks (${status.en}): ${criterion.title.en}. ${outcome.en}`,
    `Das Profil verlangt außerdem (${status.de}): ${criterion.title.de}. ${outcome.de}`,
  )
}

const STATUS_WORDS: Readonly<Record<SourceStatus, Text>> = {
  'in-force': text('in force', 'in Kraft'),
  'applies-from': text('applies from a date', 'gilt ab einem Stichtag'),
  published: text('published', 'veröffentlicht'),
  draft: text('draft', 'Entwurf'),
  reported: text('reported', 'berichtet'),
  analysis: text('our analysis', 'unsere Analyse'),
}

const NOT_IN_IMAGE = text('No image can show this.', 'Das kann kein Abbild zeigen.')
const NOT_KNOWN = text('Whether it does is not known.', 'Ob das so ist, ist nicht bekannt.')
const DISPUTED = text('The statement and the evidence disagree.', 'Angabe und Befund widersprechen sich.')
const ADMITTED = text(
  "It does not, by the supplier's own words; a read-out of a unit that shows otherwise would overturn it:",
  'Das ist nach den eigenen Worten des Lieferanten nicht so; ein Auslesen eines Geräts, das anderes zeigt, höbe das auf:',
)
const LACKING = text(
  'It does not, by these answers; a record of one such update on a unit would overturn it:',
  'Das ist nach diesen Antworten nicht so; der Nachweis einer solchen Aktualisierung an einem Gerät höbe das auf:',
)
