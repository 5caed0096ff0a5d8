import { type ProfileRule, worstVerdict } from '@messlatte/conformity'
import type {
  Assessment,
  Missing,
  Pillar,
  ProfileVerdict,
  Reason,
  RequirementResult,
  SourceStatus,
  Text,
  Verdict,
} from '@messlatte/model'
import { standingOf } from './standing.ts'

/**
 * What a fail rests on: the words of a law, those of a rule that was reported, or only a `reading` (a standard that binds nobody
 * by itself, or our own mapping or conclusion).
 */
export type Weight = 'law' | 'reported' | 'reading'

/** Something that a rule asks for and that is not settled. */
export interface Unsettled {
  /** Number of the provision, or of the requirement of the rule. */
  readonly id: string
  readonly title: Text
  readonly verdict: 'fail' | 'contested' | 'open'
  readonly weight: Weight
  readonly sourceStatus: SourceStatus
  readonly missing: readonly Missing[]
  readonly reasons: readonly Reason[]
}

/** How the firmware of a product stands under one rule. */
export interface State {
  readonly rule: string
  /** False where there is neither a result nor a statement that fails something by itself. */
  readonly assessed: boolean
  /** Of several modules at least one is assessed; of one, the same as `assessed`. */
  readonly seen: boolean
  /** False where by the answers about the product the rule is not about it at all. */
  readonly concerns: boolean
  readonly unsettled: readonly Unsettled[]
  readonly pillars: Readonly<Record<Pillar, Verdict>>
}

const PILLARS: readonly Pillar[] = ['secureBoot', 'credentials', 'updates']

/** `seen`: whether a release of it was looked at. */
export function stateUnder(rule: ProfileRule, assessment: Assessment, seen: boolean): State {
  const provisions = assessment.provisions.flatMap(({ id, title, profiles }) => {
    const verdict = profiles[rule.id]
    return verdict ? [{ id, title, verdict, weight: weightOf(rule, verdict) }] : []
  })
  const requirements = assessment.requirements
    .filter(({ profile }) => profile === rule.id)
    .map((one) => ({
      id: one.id,
      title: one.title,
      verdict: one.result,
      weight: weightOfRequirement(rule, one),
    }))
  const all = [...provisions, ...requirements]
  const unsettled = all.flatMap(({ id, title, verdict: judged, weight }): Unsettled[] => {
    const { verdict, sourceStatus, missing, reasons } = judged
    if (verdict !== 'fail' && verdict !== 'contested' && (verdict !== 'open' || judged.status !== 'M'))
      return []
    return [{ id, title, verdict, weight, sourceStatus, missing, reasons }]
  })
  const assessed = seen || unsettled.some(({ verdict }) => verdict === 'fail')
  return {
    rule: rule.id,
    assessed,
    seen: assessed,
    concerns: all.some(({ verdict }) => verdict.verdict !== 'not-applicable'),
    unsettled,
    pillars: pillars((pillar) => assessment.pillars[rule.id]?.[pillar].verdict ?? 'not-applicable'),
  }
}

function weightOf(rule: ProfileRule, { sourceStatus }: ProfileVerdict): Weight {
  if (sourceStatus === 'analysis' || sourceStatus === 'draft') return 'reading'
  if (standingOf(rule) === 'reported') return 'reported'
  return sourceStatus === 'in-force' || sourceStatus === 'applies-from' ? 'law' : 'reading'
}

/** A product that fails a law by lines that the law itself does not draw fails by a reading, whoever drew them. */
function weightOfRequirement(rule: ProfileRule, { result, lines }: RequirementResult): Weight {
  const byStatement = result.reasons.every(({ evidence }) => evidence.length === 0)
  const drawnByLaw = lines.every(({ relation, source }) => {
    const status = rule.sources.find(({ id }) => id === source)?.status
    return relation === 'related' || status === 'in-force' || status === 'applies-from'
  })
  return drawnByLaw || byStatement ? weightOf(rule, result) : 'reading'
}

/**
 * The firmware of several modules in one product: what is unsettled in one is unsettled in the product. What is open only because
 * nobody looked at a module is left aside where another was looked at.
 */
export function joinStates(states: readonly State[]): State {
  const [first] = states
  if (first && states.length === 1) return first
  const seen = states.filter(({ assessed }) => assessed)
  return {
    rule: first?.rule ?? '',
    assessed: states.length > 0 && seen.length === states.length,
    seen: seen.length > 0,
    concerns: states.length === 0 || states.some(({ concerns }) => concerns),
    unsettled: worstOfEach((seen.length > 0 ? seen : states).flatMap(({ unsettled }) => unsettled)),
    pillars: pillars((pillar) => worstVerdict(states.map((state) => state.pillars[pillar]))),
  }
}

const ORDER = ['fail', 'contested', 'open'] as const
const WEIGHTS = ['law', 'reported', 'reading'] as const

function worstOfEach(all: readonly Unsettled[]): readonly Unsettled[] {
  const worst = new Map<string, Unsettled>()
  for (const one of all) {
    const before = worst.get(one.id)
    if (!before || gravity(one) < gravity(before)) worst.set(one.id, one)
  }
  return [...worst.values()]
}

function gravity({ verdict, weight }: Unsettled): number {
  return ORDER.indexOf(verdict) * WEIGHTS.length + WEIGHTS.indexOf(weight)
}

function pillars(verdict: (pillar: Pillar) => Verdict): Readonly<Record<Pillar, Verdict>> {
  return Object.fromEntries(PILLARS.map((pillar) => [pillar, verdict(pillar)])) as Record<Pillar, Verdict>
}
