import type { CheckResult, Missing, Party } from '@messlatte/model'
import { PARTIES } from '../words.ts'
import { columnsOf, verdictIn } from './columns.ts'

export interface Ask {
  readonly missing: Missing
  /** Ids of the provisions that it would help to settle. */
  readonly provisions: readonly string[]
}

export interface PartyAsks {
  readonly party: Party
  /** What helps with most first. */
  readonly asks: readonly Ask[]
}

/** What is missing, said once each, by who can supply it; over the baseline and all profiles. */
export function asksOf(result: CheckResult): readonly PartyAsks[] {
  const columns = columnsOf(result)
  const asks = new Map<string, { missing: Missing; provisions: Set<string> }>()
  for (const provision of result.assessment.provisions) {
    for (const missing of columns.flatMap((column) => verdictIn(provision, column)?.missing ?? [])) {
      const key = JSON.stringify([missing.who, missing.input, missing.what.en])
      const ask = asks.get(key) ?? { missing, provisions: new Set<string>() }
      ask.provisions.add(provision.id)
      asks.set(key, ask)
    }
  }
  return PARTIES.map((party) => ({
    party,
    asks: [...asks.values()]
      .filter((it) => it.missing.who === party)
      .map((it) => ({ missing: it.missing, provisions: [...it.provisions] }))
      .toSorted((a, b) => b.provisions.length - a.provisions.length),
  })).filter((it) => it.asks.length > 0)
}
