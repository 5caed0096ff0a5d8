import type { Decision, ProfileId, ProvisionVerdict, Waiver } from '@messlatte/model'
import type { AssessInputs } from '../assess.ts'
import type { Said } from './claim.ts'
import { boundTo, type DecisionDay, lapse, withDecisions } from './decision.ts'
import type { Found } from './found.ts'
import { bare } from './reasons.ts'
import { groupDecisions } from './test-verdicts.ts'
import { withWaivers } from './waiver.ts'

/** What people said and decided, ready to be asked for one provision after the other. */
export interface People {
  /** Undefined where nothing was said: most provisions of most runs. */
  readonly saidOn: (provision: string) => Said | undefined
  /** Whether a holding decision under the baseline, or what those on its cases come to, says so of a provision. */
  readonly isDecided: (provision: string, verdict: Decision['verdict']) => boolean
  /** A verdict with the decisions and waivers on it. */
  readonly decided: <Judged extends ProvisionVerdict>(
    judged: Judged,
    subject: string,
    rule: ProfileId,
    found: Found,
  ) => Judged
}

export function peopleOn(inputs: AssessInputs, foundOn: (provision: string) => Found): People {
  const { claims = [], effects, decisions = [], waivers = [], asOf, product, catalogue } = inputs
  const day: DecisionDay = { asOf, documents: inputs.documents ?? new Map() }
  const claimBy = new Map(claims.map((one) => [one.provision, one]))
  const decisionsBy = Map.groupBy(decisions, ({ provision }) => provision)
  const waiversBy = Map.groupBy(waivers, ({ provision }) => provision)
  const onCases = decisions.filter(
    (one) => one.case !== undefined && lapse(one, boundTo(foundOn(one.provision)), day) === undefined,
  )
  const groupsBy = new Map(
    [...Map.groupBy(onCases, ({ rule }) => rule)].map(([rule, list]) => [
      rule,
      groupDecisions(catalogue.edition, list),
    ]),
  )

  function saidOn(provision: string): Said | undefined {
    const claim = claimBy.get(provision)
    const disproved = effects?.disproved.filter((one) => one.provision === provision) ?? []
    const admissions = effects?.admissions.filter((one) => one.provisions.includes(provision)) ?? []
    const undeclared = effects?.undeclared.get(provision) ?? []
    if (!claim && disproved.length + admissions.length + undeclared.length === 0) return undefined
    return { claim, admissions, undeclared, disproved: disproved.map(({ text }) => bare(text.en, text.de)) }
  }

  return {
    saidOn,
    isDecided(provision, verdict) {
      const group = groupsBy.get('baseline')?.get(provision)
      const own = (decisionsBy.get(provision) ?? []).filter(
        (one) =>
          one.rule === 'baseline' &&
          one.case === undefined &&
          lapse(one, boundTo(foundOn(provision)), day) === undefined,
      )
      return group?.verdict === verdict || own.some((one) => one.verdict === verdict)
    },
    decided(judged, subject, rule, found) {
      const own: readonly Decision[] = (decisionsBy.get(subject) ?? []).filter((one) => one.rule === rule)
      const waived: readonly Waiver[] = (waiversBy.get(subject) ?? []).filter((one) => one.rule === rule)
      const group = groupsBy.get(rule)?.get(subject)
      // What a decision is bound to is not made for nothing.
      if (own.length === 0 && !group) return withWaivers(judged, waived, asOf, product)
      const decided = { ...judged, ...withDecisions(judged, own, boundTo(found), day, group) }
      return withWaivers(decided, waived, asOf, product)
    },
  }
}
