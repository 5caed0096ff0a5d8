import { PROFILES, type ProfileRule } from '@messlatte/conformity'
import type { Ruled } from './eligibility/eligibility.ts'
import type { State, Unsettled, Weight } from './state.ts'

/** A profile of ours over the edition of 2020. */
export function ruleOf(id: string): ProfileRule {
  const rule = PROFILES.find((one) => one.id === id && one.edition === 'en303645-2020')
  if (!rule) throw new Error(`no profile ${id}`)
  return rule
}

export function unsettled(id: string, verdict: Unsettled['verdict'], weight: Weight = 'reported'): Unsettled {
  return {
    id,
    title: { en: id, de: id },
    verdict,
    weight,
    sourceStatus: weight === 'law' ? 'in-force' : weight === 'reported' ? 'reported' : 'analysis',
    missing: [],
    reasons: [],
  }
}

export function ruled(id: string, state: Partial<State>): Ruled {
  return {
    rule: ruleOf(id),
    state: {
      rule: id,
      assessed: true,
      seen: state.assessed ?? true,
      concerns: true,
      unsettled: [],
      pillars: { secureBoot: 'pass', credentials: 'pass', updates: 'pass' },
      ...state,
    },
  }
}
