import type { Text } from '@messlatte/model'
import type { PublicValue } from './identity.ts'
import { copies } from './relations/copies.ts'
import { differences } from './relations/differences.ts'
import { digests } from './relations/digests.ts'
import { published } from './relations/published.ts'
import type { Shape } from './shape.ts'
import { coreOf } from './shape.ts'

/** A secret of a unit with what is public about the unit. */
export interface UnitValue {
  readonly value: string
  readonly publics: readonly PublicValue[]
}

/** A way in which secrets follow from what is public. */
export interface Relation {
  /** Stable: names the rule and its parameters. */
  readonly rule: string
  readonly text: Text
  /** Units that follow it, by their places in the list. */
  readonly units: readonly number[]
  /** Units that have what the rule needs. */
  readonly of: number
  /** Characters of the secret that it gives. */
  readonly characters: number
  /** Whether nothing of the secret is left that the rule does not give. */
  readonly whole: boolean
  /** Logarithm to base 10 of the probability, at most, that as many units follow some rule of the kind by chance. */
  readonly chance: number
}

/** What a family of rules looks at. */
export interface Question {
  readonly units: readonly UnitValue[]
  /** Without what all of them begin and end with. */
  readonly cores: readonly string[]
  readonly shape: Shape
}

export interface Relations {
  /** The best first; each explains units that those before it do not. */
  readonly found: readonly Relation[]
  /** Rules that were tried, with their parameters. */
  readonly tried: number
  /** Not all was searched: the values are longer, or the public ones more, than there is time for. */
  readonly cut: boolean
}

/** What happens once in a million comparisons is no coincidence that anybody has to defend. */
const UNLIKELY = -6

/** Secrets of different units beside what is public about them. Values that are equal in two units count once. */
export function relationsOf(units: readonly UnitValue[], shape: Shape): Relations {
  const question = { units, shape, cores: units.map(({ value }) => coreOf(value, shape)) }
  const families = [published, copies, digests, differences].map((family) => family(question))
  const tried = families.reduce((total, one) => total + one.tried, 0)
  const found = families
    .flatMap(({ relations }) => relations)
    .map((one) => ({ ...one, chance: one.chance + Math.log10(Math.max(1, tried)) }))
    .filter(({ chance }) => chance <= UNLIKELY)
    .sort(byWeight)
  const explained = new Set<number>()
  const kept: Relation[] = []
  for (const relation of found) {
    if (relation.units.every((unit) => explained.has(unit))) continue
    kept.push(relation)
    for (const unit of relation.units) explained.add(unit)
  }
  return { found: kept.slice(0, 8), tried, cut: families.some((one) => one.cut) }
}

function byWeight(a: Relation, b: Relation): number {
  return (
    a.chance - b.chance ||
    Number(b.whole) - Number(a.whole) ||
    a.rule.length - b.rule.length ||
    (a.rule < b.rule ? -1 : 1)
  )
}

/**
 * Logarithm to base 10: how likely it is at most that `units` of `of` follow a rule by chance, where `distinct` different texts of
 * some characters of an alphabet have to be hit.
 */
export function chanceOf(
  alphabet: number,
  characters: number,
  distinct: number,
  units: number,
  of: number,
): number {
  return logChoose(of, units) - distinct * characters * Math.log10(alphabet)
}

function logChoose(n: number, k: number): number {
  let total = 0
  for (let at = 1; at <= Math.min(k, n - k); at++) total += Math.log10((n - at + 1) / at)
  return total
}
