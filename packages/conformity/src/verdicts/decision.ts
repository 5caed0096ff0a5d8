import type { Decision, ProvisionVerdict, Reason } from '@messlatte/model'
import { dayText } from '../text.ts'
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
  day: DecisionDay,
  group?: GroupDecision,
): ProvisionVerdict {
  const all = decisions.filter((one) => lapse(one, evidence, day) === undefined)
  const lapsed = decisions.flatMap((one) => lapse(one, evidence, day) ?? [])
  const whole = all.filter((one) => one.case === undefined).map((one) => one.verdict)
  const reasons = [...verdict.reasons, ...all.map(decided), ...lapsed, ...(group ? [group.reason] : [])]
  const holding = [...whole, ...(group?.verdict ? [group.verdict] : [])]
  const as = (name: ProvisionVerdict['verdict']): ProvisionVerdict => ({
    ...verdict,
    verdict: name,
    reasons,
    missing: name === 'open' || name === 'not-met' ? verdict.missing : [],
  })
  const says = (name: Decision['verdict']) => holding.includes(name)
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

/** The day on which decisions are asked for, and what they rest on then. */
export interface DecisionDay {
  /** Calendar day, ISO 8601. */
  readonly asOf: string
  /** SHA-256 (hex) of documents as they lie there now, by their ids; null where one is not there. */
  readonly documents: ReadonlyMap<string, string | null>
}

/** What decisions on units and cases come to for a whole group; null where they leave it open. */
export interface GroupDecision {
  readonly verdict: Decision['verdict'] | null
  readonly reason: Reason
}

/** Why a decision does not hold on a day, on some evidence; undefined where it does. */
export function lapse(
  decision: Decision,
  evidence: readonly string[],
  { asOf, documents }: DecisionDay,
): Reason | undefined {
  const { on, until } = decision
  const lead = leadOf(decision)
  const end = dayText(until)
  if (asOf < on) return bare(`${lead[0]}: not yet on this day.`, `${lead[1]}: an diesem Tag noch nicht.`)
  if (asOf > until)
    return bare(`${lead[0]}, lapsed: it held until ${end.en}.`, `${lead[1]}, erloschen: galt bis ${end.de}.`)
  const gone = decision.attachments?.find(({ document, sha256 }) => documents.get(document) !== sha256)
  if (gone)
    return bare(
      `${lead[0]}, lapsed: its attachment ${gone.document} is not what it was.`,
      `${lead[1]}, erloschen: Ihre Anlage ${gone.document} ist nicht mehr, was sie war.`,
    )
  const same =
    decision.evidence.length === evidence.length &&
    [...decision.evidence].sort().every((id, at) => id === evidence[at])
  if (same) return undefined
  return bare(
    `${lead[0]}, lapsed: there is other evidence now than it was decided on.`,
    `${lead[1]}, erloschen: Es liegen nun andere Befunde vor als bei der Entscheidung.`,
  )
}

function leadOf({ by, on, verdict, case: id, unit }: Decision): readonly [string, string] {
  const [en, de] =
    id === undefined ? ['', ''] : [` on ${id}${unit ? ` ${unit}` : ''}`, ` zu ${id}${unit ? ` ${unit}` : ''}`]
  return [
    `Decided${en} (${verdict}) by ${by} on ${on}`,
    `Entschieden${de} (${verdict}) von ${by} am ${dayText(on).de}`,
  ]
}

function decided(decision: Decision): Reason {
  const { until, reason, method } = decision
  const [en, de] = leadOf(decision)
  const how = method === undefined ? ['', ''] : [`; method: ${method}`, `; Verfahren: ${method}`]
  return bare(
    `${en}, until ${until}: ${reason}${how[0]}`,
    `${de}, bis ${dayText(until).de}: ${reason}${how[1]}`,
  )
}
