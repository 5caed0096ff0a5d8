import type {
  Assessment,
  Claim,
  Condition,
  Decision,
  Evidence,
  PillarResults,
  ProductStatement,
  ProfileId,
  ProvisionResult,
  ProvisionVerdict,
  RequirementResult,
  RuleIdentity,
  StatedTraits,
  TraitId,
  Verdict,
  VerdictCounts,
  Waiver,
} from '@messlatte/model'
import { digestOf } from './canonical.ts'
import type { ClaimEffects } from './claims/effects.ts'
import { ConformityError } from './errors.ts'
import { compareProvisionIds, compareText } from './order.ts'
import type { CatalogueRule, ProfileRule } from './rules.ts'
import { staleSources } from './sources/stale.ts'
import { traitsOf } from './traits/condition.ts'
import { resolveTraits } from './traits/resolve.ts'
import { withSaid } from './verdicts/claim.ts'
import { boundTo } from './verdicts/decision.ts'
import { findByProvision, sortEvidence } from './verdicts/found.ts'
import { assessProvision } from './verdicts/judge.ts'
import { peopleOn } from './verdicts/people.ts'
import { type Judged, pillarsOf } from './verdicts/pillars.ts'
import { assessUnder } from './verdicts/profile.ts'
import { questionsFor } from './verdicts/questions.ts'
import { assessRequirements, foundFor } from './verdicts/requirement.ts'

export interface AssessInputs {
  readonly catalogue: CatalogueRule
  readonly profiles: readonly ProfileRule[]
  readonly evidence: readonly Evidence[]
  readonly statedTraits: StatedTraits
  /** Calendar day in the market's zone, ISO 8601 (YYYY-MM-DD). */
  readonly asOf: string
  /** True where a limit or damage kept part of the release from being looked at; nothing is then supported. */
  readonly partial: boolean
  /** Claims for this edition, at most one for a provision. */
  readonly claims?: readonly Claim[]
  /** What else the supplier's papers do to verdicts. */
  readonly effects?: Omit<ClaimEffects, 'claims'>
  readonly decisions?: readonly Decision[]
  readonly waivers?: readonly Waiver[]
  /** SHA-256 (hex) of documents as they lie there now, by their ids: decisions rest on them. */
  readonly documents?: ReadonlyMap<string, string | null>
  /** What the product is, for the scope of waivers. */
  readonly product?: ProductStatement
}

/**
 * All verdicts under the catalogue and, beside it, under each profile. Pure: the same inputs give the same bytes of JSON,
 * in whatever order the evidence and the profiles come.
 * Throws ConformityError `bad-date` for an as-of that is no calendar day, `edition-mismatch` for a profile that
 * belongs to another catalogue.
 */
export function assess(inputs: AssessInputs): Assessment {
  const { catalogue, asOf } = inputs
  refuseBadInputs(inputs)
  const evidence = sortEvidence(inputs.evidence)
  const traits = resolveTraits(evidence, inputs.statedTraits)
  const foundOn = findByProvision(catalogue, evidence)
  const ranks = new Map(evidence.map(({ id }, at) => [id, at]))
  const rankOf = ({ id }: Evidence) => ranks.get(id) ?? 0
  const profiles = [...inputs.profiles].sort((a, b) => compareText(a.id, b.id))
  const provisions = inOrder(catalogue)
  const admissions = inputs.effects?.admissions ?? []
  const people = peopleOn(inputs, foundOn)
  const results = provisions.map((provision): ProvisionResult => {
    const about = {
      found: foundOn(provision.id),
      traits,
      partial: inputs.partial,
      admissions,
      said: new Map(),
    }
    const said = people.saidOn(provision.id)
    const told = (judged: ProvisionVerdict): ProvisionVerdict =>
      said ? withSaid(judged, said, provision, about) : judged
    return {
      edition: catalogue.edition,
      id: provision.id,
      title: provision.title,
      pillar: provision.pillar,
      baseline: people.decided(
        told(assessProvision(provision, provision.status, about)),
        provision.id,
        'baseline',
        about.found,
      ),
      profiles: Object.fromEntries(
        profiles
          .filter(({ asks }) => asks === 'all' || asks.includes(provision.id))
          .map((profile) => [
            profile.id,
            people.decided(
              assessUnder(profile, catalogue, provision, about, told),
              provision.id,
              profile.id,
              about.found,
            ),
          ]),
      ),
    }
  })
  const requirements = profiles.flatMap((profile) =>
    assessRequirements(profile, { catalogue, foundOn, traits, partial: inputs.partial, people, rankOf }),
  )
  const rules = profiles.map(({ id }) => id)
  const judged = perRule(rules, judgedUnder(results, requirements))
  const named = traitsNamed(catalogue, profiles)
  return {
    catalogue: identity(catalogue.edition, catalogue),
    profiles: profiles.map((profile) => ({
      ...identity(profile.id, profile),
      title: profile.title,
      question: profile.question,
      caveat: profile.caveat,
      lastFreeDay: profile.lastFreeDay,
      zone: profile.zone,
      inForceAsOf: profile.lastFreeDay === null || asOf > profile.lastFreeDay,
    })),
    asOf,
    staleSources: staleSources([catalogue, ...profiles], asOf),
    traits: traits.list.filter(({ id }) => named.has(id)),
    provisions: results,
    requirements,
    pillars: perRule<PillarResults>(rules, (rule) => pillarsOf(judged[rule] ?? [])),
    counts: perRule<VerdictCounts>(rules, (rule) =>
      countVerdicts((judged[rule] ?? []).map(({ verdict }) => verdict)),
    ),
    questions: questionsFor(provisions, results, profiles, requirements, traits),
  }
}

/** Rules are data that never changes while the program runs: what follows from them alone is made once. */
const ORDERED = new WeakMap<CatalogueRule, CatalogueRule['provisions']>()
const NAMED = new WeakMap<CatalogueRule | ProfileRule, readonly TraitId[]>()

function inOrder(catalogue: CatalogueRule): CatalogueRule['provisions'] {
  const ordered =
    ORDERED.get(catalogue) ?? catalogue.provisions.toSorted((a, b) => compareProvisionIds(a.id, b.id))
  ORDERED.set(catalogue, ordered)
  return ordered
}

/** The traits on which these rules stand: a report lists these and no others. */
function traitsNamed(catalogue: CatalogueRule, profiles: readonly ProfileRule[]): ReadonlySet<TraitId> {
  return new Set([catalogue, ...profiles].flatMap(traitsNamedBy))
}

function traitsNamedBy(rule: CatalogueRule | ProfileRule): readonly TraitId[] {
  const before = NAMED.get(rule)
  if (before) return before
  const asked: readonly { readonly condition?: Condition; readonly needs?: Condition }[] =
    'provisions' in rule ? rule.provisions : [...rule.criteria, ...rule.requirements]
  const conditions = asked.flatMap(({ condition, needs }) => [condition, needs])
  const named = [...new Set(conditions.flatMap((one) => (one ? traitsOf(one) : [])))]
  NAMED.set(rule, named)
  return named
}

function refuseBadInputs({ catalogue, profiles, asOf }: AssessInputs): void {
  if (!isCalendarDay(asOf))
    throw new ConformityError('bad-date', `as-of is no calendar day (YYYY-MM-DD): ${asOf}`)
  const stray = profiles.find((profile) => profile.edition !== catalogue.edition)
  if (!stray) return
  throw new ConformityError(
    'edition-mismatch',
    `profile ${stray.id} is written over ${stray.edition}, not ${catalogue.edition}`,
  )
}

/** True for YYYY-MM-DD that exists in the calendar. */
export function isCalendarDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/** All that one rule judges: provisions by their numbers, and what it asks in its own. */
function judgedUnder(
  results: readonly ProvisionResult[],
  requirements: readonly RequirementResult[],
): (rule: ProfileId) => readonly Judged[] {
  return (rule) => [
    ...results.flatMap(({ id, title, pillar, baseline, profiles }) => {
      const verdict = rule === 'baseline' ? baseline : profiles[rule]
      return verdict ? [{ ...verdict, id, title, pillar }] : []
    }),
    ...requirements
      .filter(({ profile }) => profile === rule)
      .map(({ id, title, pillar, result }) => ({ ...result, id, title, pillar })),
  ]
}

function perRule<Result>(
  profiles: readonly ProfileId[],
  make: (rule: ProfileId) => Result,
): Record<string, Result> {
  return Object.fromEntries(['baseline', ...profiles].map((rule) => [rule, make(rule)]))
}

function countVerdicts(verdicts: readonly Verdict[]): VerdictCounts {
  const counts = { fail: 0, contested: 0, open: 0, 'not-met': 0, supported: 0, pass: 0, 'not-applicable': 0 }
  for (const verdict of verdicts) counts[verdict]++
  return counts
}

/** Rules are data that never changes while the program runs, so each is digested once. */
const DIGESTS = new WeakMap<object, string>()

function identity<Id extends string>(
  id: Id,
  rule: { readonly version: string },
): RuleIdentity & { readonly id: Id } {
  const digest = DIGESTS.get(rule) ?? digestOf(rule)
  DIGESTS.set(rule, digest)
  return { id, version: rule.version, digest }
}

/** Ids of the evidence on a provision, or on what a profile asks in its own numbering, sorted: what a decision on it is bound to. */
export function evidenceOn(
  catalogue: CatalogueRule,
  evidence: readonly Evidence[],
  profiles: readonly ProfileRule[] = [],
): (subject: string) => readonly string[] {
  const foundOn = findByProvision(catalogue, sortEvidence(evidence))
  return (subject) => {
    const requirement = profiles.flatMap(({ requirements }) => requirements).find(({ id }) => id === subject)
    return boundTo(requirement ? foundFor(requirement, foundOn) : foundOn(subject))
  }
}
