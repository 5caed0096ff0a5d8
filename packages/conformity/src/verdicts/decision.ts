import type { Decision, ProvisionVerdict, Reason } from '@messlatte/model'
import type { Found } from './found.ts'
import { bare } from './reasons.ts'

/** Ids of all evidence on a provision, sorted: what a decision is bound to. */
export function boundTo(found: Found): readonly string[] {
  const all = [found.against, found.doubts, found.backing, found.hints, found.blind, found.neutral].flat()
  return [...new Set(all.map(({ id }) => id))].sort()
}

/**
 * A verdict with what assessors decided on it. A decision holds from its day to its end and only on the evidence that it
 * names; else it has lapsed, which is said and does nothing. A pass beside evidence or a claim to the contrary is
 * contested, never green. Of several that hold the worst counts.
 */
export function withDecisions(
  verdict: ProvisionVerdict,
  decisions: readonly Decision[],
  evidence: readonly string[],
  asOf: string,
): ProvisionVerdict {
  const holding = decisions.filter((one) => lapse(one, evidence, asOf) === undefined)
  const lapsed = decisions.flatMap((one) => lapse(one, evidence, asOf) ?? [])
  const reasons = [...verdict.reasons, ...holding.map(decided), ...lapsed]
  const as = (name: ProvisionVerdict['verdict']): ProvisionVerdict => ({
    ...verdict,
    verdict: name,
    reasons,
    missing: name === 'open' || name === 'not-met' ? verdict.missing : [],
  })
  const says = (name: Decision['verdict']) => holding.some((one) => one.verdict === name)
  if (verdict.verdict === 'not-applicable') return as('not-applicable')
  if (says('fail'))
    return as(verdict.status === 'M' ? 'fail' : worseThanOpen(verdict) ? verdict.verdict : 'not-met')
  if (says('inconclusive')) return as(worseThanOpen(verdict) ? verdict.verdict : 'open')
  if (!says('pass')) return as(verdict.verdict)
  return as(worseThanOpen(verdict) || verdict.verdict === 'not-met' ? 'contested' : 'pass')
}

function worseThanOpen({ verdict }: ProvisionVerdict): boolean {
  return verdict === 'fail' || verdict === 'contested'
}

function lapse(decision: Decision, evidence: readonly string[], asOf: string): Reason | undefined {
  const { by, on, until, verdict } = decision
  const lead = [
    `Decided (${verdict}) by ${by} on ${on}`,
    `Entschieden (${verdict}) von ${by} am ${on}`,
  ] as const
  if (asOf < on) return bare(`${lead[0]}: not yet on this day.`, `${lead[1]}: an diesem Tag noch nicht.`)
  if (asOf > until)
    return bare(`${lead[0]}, lapsed: it held until ${until}.`, `${lead[1]}, erloschen: galt bis ${until}.`)
  const same =
    decision.evidence.length === evidence.length &&
    [...decision.evidence].sort().every((id, at) => id === evidence[at])
  if (same) return undefined
  return bare(
    `${lead[0]}, lapsed: there is other evidence now than it was decided on.`,
    `${lead[1]}, erloschen: Es liegen nun andere Befunde vor als bei der Entscheidung.`,
  )
}

function decided({ by, on, until, reason, verdict }: Decision): Reason {
  return bare(
    `Decided (${verdict}) by ${by} on ${on}, until ${until}: ${reason}`,
    `Entschieden (${verdict}) von ${by} am ${on}, bis ${until}: ${reason}`,
  )
}
