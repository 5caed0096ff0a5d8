import type { ProfileRule } from '@messlatte/conformity'
import { governs, type Market } from './markets.ts'

/**
 * What a rule is: `law` that is in force or adopted with its day of application; `reported`, for everything that still may turn
 * out otherwise (reports, drafts, rules that a user wrote from own analysis).
 */
export type Standing = 'law' | 'reported'

/** By the sources of the rule itself: one that is law makes it law. */
export function standingOf({ sources }: Pick<ProfileRule, 'sources'>): Standing {
  return sources.some(({ status }) => status === 'in-force' || status === 'applies-from') ? 'law' : 'reported'
}

/**
 * The rules that open or close a market, law first, each in its order. A label closes no market, and is not among them; a rule
 * that stands over two editions is there once.
 */
export function rulesFor(market: Market, rules: readonly ProfileRule[]): readonly ProfileRule[] {
  const governing = rules.filter((rule, at) => {
    const first = rules.findIndex(({ id }) => id === rule.id) === at
    return first && rule.reading !== 'label' && governs(rule.market, market)
  })
  return [
    ...governing.filter((rule) => standingOf(rule) === 'law'),
    ...governing.filter((rule) => standingOf(rule) === 'reported'),
  ]
}
