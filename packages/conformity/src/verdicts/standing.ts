import type { Condition } from '@messlatte/model'
import { evaluate } from '../traits/condition.ts'
import type { Traits } from '../traits/resolve.ts'

/** How a condition stands: `disputed` where the statement says one thing and the evidence another. */
export type Standing = 'holds' | 'fails' | 'unknown' | 'disputed'

/**
 * Whether a provision applies. A statement that lets the product off counts only while no evidence contradicts it;
 * one that binds it always counts.
 */
export function applicability(condition: Condition | undefined, traits: Traits): Standing {
  if (!condition) return 'holds'
  const held = evaluate(condition, traits.held)
  if (held !== false) return held ? 'holds' : 'unknown'
  return evaluate(condition, traits.shown) === false ? 'fails' : 'disputed'
}

/** Whether the product has what a provision or criterion needs. */
export function need(condition: Condition | undefined, traits: Traits): Standing {
  if (!condition) return 'holds'
  const held = evaluate(condition, traits.held)
  if (held === null) return 'unknown'
  if (held !== evaluate(condition, traits.shown)) return 'disputed'
  return held ? 'holds' : 'fails'
}
