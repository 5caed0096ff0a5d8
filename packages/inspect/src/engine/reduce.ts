import type {
  Check,
  DigestAsk,
  EvidenceDraft,
  Fact,
  FactKind,
  FactMap,
  Facts,
  Settings,
} from '../contract.ts'
import type { StatedEvidence } from './mapper.ts'

/** Rounds after the first in which checks may see answers. */
const MOST_ROUNDS = 3

export interface Reduced {
  readonly stated: readonly StatedEvidence[]
  /** Ids of checks that threw: what they would have concluded is missing. */
  readonly failed: readonly string[]
}

export type Answer = (ask: DigestAsk) => Promise<Readonly<Record<string, string>> | undefined>

/**
 * The reduce phase: every check concludes over the facts; asks are merged, answered as new facts, and the checks
 * conclude again. Only what the last round says counts.
 */
export async function reduce(
  checks: readonly Check[],
  facts: readonly Fact[],
  settings: Settings,
  answer: Answer,
): Promise<Reduced> {
  const answers = new Map<string, Fact>()
  for (let round = 0; ; round++) {
    const view = factsView([...facts, ...answers.values()])
    const stated: StatedEvidence[] = []
    const failed: string[] = []
    const asks = new Map<string, DigestAsk>()
    for (const check of checks) {
      const out = {
        evidence: (draft: EvidenceDraft) => void stated.push({ check: check.id, draft }),
        ask: (ask: DigestAsk) => {
          if (!answers.has(ask.id)) asks.set(ask.id, ask)
        },
      }
      try {
        check.conclude?.(view, out, settings)
      } catch {
        failed.push(check.id)
      }
    }
    if (asks.size === 0 || round === MOST_ROUNDS) return { stated, failed }
    for (const ask of asks.values()) answers.set(ask.id, await answered(ask, answer))
  }
}

async function answered(ask: DigestAsk, answer: Answer): Promise<Fact> {
  const digests = (await answer(ask)) ?? {}
  const place = { path: ask.path, root: '', inner: '', offset: ask.offset, length: ask.length, sha256: '' }
  return { kind: 'answer.digest', place, data: { ask: ask.id, digests } }
}

/** Facts by kind, in the order of their places, whatever the order of the threads was. */
export function factsView(facts: readonly Fact[]): Facts {
  const byKind = new Map<FactKind, Fact[]>()
  for (const fact of facts) {
    const known = byKind.get(fact.kind)
    if (known) known.push(fact)
    else byKind.set(fact.kind, [fact])
  }
  for (const list of byKind.values()) list.sort(byPlace)
  return {
    of<Kind extends FactKind>(kind: Kind): readonly Fact<Kind>[] {
      return (byKind.get(kind) ?? []) as unknown as readonly (Fact & { kind: Kind; data: FactMap[Kind] })[]
    },
  }
}

function byPlace(a: Fact, b: Fact): number {
  if (a.place.path !== b.place.path) return a.place.path < b.place.path ? -1 : 1
  if (a.place.offset !== b.place.offset) return a.place.offset - b.place.offset
  const [left, right] = [JSON.stringify(a.data), JSON.stringify(b.data)]
  return left < right ? -1 : left > right ? 1 : 0
}
