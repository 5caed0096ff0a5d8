import type {
  Pillar,
  PillarResult,
  PillarResults,
  ProvisionResult,
  ProvisionVerdict,
  Reason,
} from '@messlatte/model'
import { worstVerdict } from '../order.ts'
import { bare } from './reasons.ts'

/** Picks one rule's verdict out of a provision's result. */
export type Pick = (result: ProvisionResult) => ProvisionVerdict

/** Each pillar is the worst of its applicable provisions. */
export function pillarsOf(results: readonly ProvisionResult[], pick: Pick): PillarResults {
  return {
    secureBoot: pillar('secureBoot', results, pick),
    credentials: pillar('credentials', results, pick),
    updates: pillar('updates', results, pick),
  }
}

function pillar(name: Pillar, results: readonly ProvisionResult[], pick: Pick): PillarResult {
  const members = results.filter((result) => result.pillar === name)
  const verdict = worstVerdict(members.map((result) => pick(result).verdict))
  const deciding = members.filter((result) => pick(result).verdict === verdict)
  return { verdict, reasons: deciding.map((result) => decidedBy(result, pick)) }
}

function decidedBy(result: ProvisionResult, pick: Pick): Reason {
  const evidence = new Set(pick(result).reasons.flatMap((reason) => reason.evidence))
  const { id, title } = result
  return { ...bare(`${id}: ${title.en}`, `${id}: ${title.de}`), evidence: [...evidence] }
}
