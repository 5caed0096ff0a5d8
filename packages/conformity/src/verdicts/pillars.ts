import type { Pillar, PillarResult, PillarResults, ProvisionVerdict, Reason, Text } from '@messlatte/model'
import { worstVerdict } from '../order.ts'
import { bare } from './reasons.ts'

/** One rule's verdict on a provision or on a requirement of its own. */
export interface Judged extends ProvisionVerdict {
  readonly id: string
  readonly title: Text
  readonly pillar: Pillar | null
}

const NOT_ASKED = bare('This rule does not ask for it.', 'Diese Regel verlangt es nicht.')

/** Each pillar is the worst of what applies of it. */
export function pillarsOf(judged: readonly Judged[]): PillarResults {
  return {
    secureBoot: pillar('secureBoot', judged),
    credentials: pillar('credentials', judged),
    updates: pillar('updates', judged),
  }
}

function pillar(name: Pillar, judged: readonly Judged[]): PillarResult {
  const members = judged.filter((one) => one.pillar === name)
  if (members.length === 0) return { verdict: 'not-applicable', reasons: [NOT_ASKED] }
  const verdict = worstVerdict(members.map((one) => one.verdict))
  return { verdict, reasons: members.filter((one) => one.verdict === verdict).map(decidedBy) }
}

function decidedBy({ id, title, reasons }: Judged): Reason {
  const evidence = new Set(reasons.flatMap((reason) => reason.evidence))
  return { ...bare(`${id}: ${title.en}`, `${id}: ${title.de}`), evidence: [...evidence] }
}
