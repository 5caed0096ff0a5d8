import type { Confidence } from '@messlatte/model'
import type { EvidenceDraft, Observation, Place } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { Analysis } from './analysis.ts'
import type { Relation } from './relations.ts'
import * as say from './say.ts'

/** Secrets of the same kind of several units, with what was found out about them. */
export interface Compared {
  readonly place: Place
  /** Column of the table, or setting or account. */
  readonly name: string
  /** What users and machines log in with, or what updates and services rest on. */
  readonly about: 'parameter' | 'password'
  /** How the report names each unit, in the order of the values. */
  readonly units: readonly string[]
  readonly analysis: Analysis
  /** The number that the value must have by a standard of its own, as a WPS PIN has. */
  readonly fixedForm: boolean
}

/** Fewer bits than that are tried out over a network in days, where nothing slows it. */
const SMALL_SPACE = 20
/** What is left beside characters that are public has to have as many bits to count as a secret of its own. */
const ENOUGH_LEFT = 40
const CERTAIN = -9
const MOST_UNITS = 50

export const GENERATED = { provisions: provisions(['5.1-2']), cases: cases('5.1-2-1', '5.1-2-2') }
export const UNIQUE_PARAMETER = { provisions: provisions(['5.4-4']), cases: cases('5.4-4-1') }

/** How the secrets come about, as far as they themselves tell. */
export function generationEvidence(compared: Compared): readonly EvidenceDraft[] {
  const { relations, regularities, shape } = compared.analysis
  // A rule that most of them follow shows as a pattern, too; it is one finding.
  const explained = relations.some(({ units, whole }) => whole && units.length * 2 >= shape.count)
  const drafts = [
    ...relations.map((relation) => derived(compared, relation)),
    ...regularities
      // Tokens have a structure of their own, so that their characters are never even.
      .filter(({ strong }) => !explained && (strong || compared.about === 'password'))
      .map((regularity) => regular(compared, regularity)),
  ]
  if (compared.about === 'parameter') return drafts
  const small = explained ? undefined : tooFew(compared)
  if (small) return [...drafts, small]
  return drafts.length > 0 ? drafts : [unrelated(compared)]
}

function derived(compared: Compared, relation: Relation): EvidenceDraft {
  const { analysis, about, place, name } = compared
  const left = leftOver(analysis, relation)
  return {
    kind: about === 'password' ? 'units.password.derived' : 'units.parameter.derived',
    polarity: 'against',
    ...(about === 'password' ? GENERATED : UNIQUE_PARAMETER),
    place,
    title: say.derived(name, relation),
    observation: {
      ...observed(compared),
      rule: relation.rule,
      follow: relation.units.length,
      of: relation.of,
      units: named(compared, relation.units),
      bitsLeft: round(left),
    },
    confidence: derivedConfidence(relation, left),
    overturnedBy: say.DERIVED_OVERTURNED,
  }
}

function derivedConfidence(relation: Relation, left: number): Confidence {
  if (!relation.whole && left >= ENOUGH_LEFT) return { grade: 'low', reason: say.partly(left) }
  const certain = relation.chance <= CERTAIN && relation.whole
  return { grade: certain ? 'high' : 'medium', reason: say.notByChance(relation.chance) }
}

/** Bits at most that a relation leaves. */
function leftOver(analysis: Analysis, relation: Relation): number {
  if (relation.whole) return 0
  return Math.max(0, analysis.atMost - relation.characters * Math.log2(analysis.shape.alphabet.size))
}

function regular(compared: Compared, one: Analysis['regularities'][number]): EvidenceDraft {
  const { about, place, name } = compared
  return {
    kind: 'units.password.regular',
    polarity: 'against',
    ...(about === 'password' ? GENERATED : UNIQUE_PARAMETER),
    place,
    title: say.regular(name),
    observation: {
      ...observed(compared),
      regularity: one.rule,
      units: named(compared, one.units),
    },
    confidence: { grade: one.strong ? 'medium' : 'low', reason: one.text },
    overturnedBy: say.REGULAR_OVERTURNED,
  }
}

function tooFew(compared: Compared): EvidenceDraft | undefined {
  const { analysis, place, name, fixedForm } = compared
  const bits = Math.min(analysis.atMost, analysis.bitsByCollisions ?? Number.POSITIVE_INFINITY)
  if (analysis.shape.distinct < 2 || bits >= SMALL_SPACE || fixedForm) return undefined
  return {
    kind: 'units.password.regular',
    polarity: 'against',
    ...GENERATED,
    place,
    title: say.small(name, bits),
    observation: { ...observed(compared), regularity: 'few-values' },
    confidence: { grade: 'low', reason: say.SMALL_REASON },
    overturnedBy: say.SMALL_OVERTURNED,
  }
}

/** Nothing was found: for the provision only where enough units were looked at, and something to compare them with. */
function unrelated(compared: Compared): EvidenceDraft {
  const { analysis, place, name } = compared
  const kinds = analysis.comparedWith.length
  const enough = analysis.enough && kinds > 0
  return {
    kind: 'units.password.random',
    polarity: enough ? 'for' : 'neutral',
    ...GENERATED,
    place,
    title: enough ? say.random(name, analysis.shape.count) : say.undecided(name, analysis.shape.count),
    observation: observed(compared),
    confidence: { grade: enough ? 'medium' : 'low', reason: say.unrelatedReason(analysis) },
  }
}

/** What a laboratory repeats: the form of the secrets, and none of their characters. */
function observed({ analysis, name, units }: Compared): { readonly [key: string]: Observation } {
  const { shape, estimate, bitsByCollisions, comparedWith } = analysis
  return {
    name,
    compared: units.length,
    distinct: shape.distinct,
    length: shape.shortest === shape.longest ? shape.longest : { from: shape.shortest, to: shape.longest },
    alphabet: shape.alphabet.id,
    sharedAtStart: shape.prefix,
    sharedAtEnd: shape.suffix,
    ...(shape.variety.length > 0 ? { differentCharactersByPosition: shape.variety } : {}),
    bitsAtMost: round(analysis.atMost),
    ...(estimate ? { bitsEstimated: round(estimate.bits), estimate: ESTIMATE } : {}),
    ...(bitsByCollisions === undefined ? {} : { bitsByEqualPairs: round(bitsByCollisions) }),
    comparedWith,
  }
}

const ESTIMATE = 'NIST SP 800-90B 6.3.1, most common value, 99 %, characters at varying positions'

function named({ units }: Compared, at: readonly number[]): readonly string[] {
  const names = at.slice(0, MOST_UNITS).map((one) => units[one] ?? '')
  return at.length > MOST_UNITS ? [...names, `+ ${at.length - MOST_UNITS}`] : names
}

export function round(bits: number): number {
  return Math.round(bits * 10) / 10
}
