import type { Condition, TraitId } from '@messlatte/model'

/** Kleene's three values: null is unknown. */
export type Known = boolean | null

export type Values = (trait: TraitId) => Known

/** Evaluates a condition in three-valued logic: unknown only where no answer already decides. */
export function evaluate(condition: Condition, values: Values): Known {
  if ('trait' in condition) return values(condition.trait)
  if ('not' in condition) return negate(evaluate(condition.not, values))
  if ('all' in condition) return decide(condition.all, values, false)
  return decide(condition.any, values, true)
}

/** The traits whose answers an undecided condition waits for; none where it is decided. */
export function undecidedTraits(condition: Condition, values: Values): readonly TraitId[] {
  if (evaluate(condition, values) !== null) return []
  if ('trait' in condition) return [condition.trait]
  return partsOf(condition).flatMap((part) => undecidedTraits(part, values))
}

/** Every trait that a condition names. */
export function traitsOf(condition: Condition): readonly TraitId[] {
  return 'trait' in condition ? [condition.trait] : partsOf(condition).flatMap(traitsOf)
}

function partsOf(condition: Exclude<Condition, { readonly trait: TraitId }>): readonly Condition[] {
  if ('not' in condition) return [condition.not]
  return 'all' in condition ? condition.all : condition.any
}

function negate(value: Known): Known {
  return value === null ? null : !value
}

/** `decisive` decides at once: false in a conjunction, true in a disjunction. */
function decide(parts: readonly Condition[], values: Values, decisive: boolean): Known {
  const found = parts.map((part) => evaluate(part, values))
  if (found.includes(decisive)) return decisive
  return found.includes(null) ? null : !decisive
}
