import type {
  Check,
  DigestAsk,
  EvidenceDraft,
  Fact,
  FactKind,
  FactMap,
  Facts,
  Place,
  Settings,
} from '../contract.ts'
import type { StatedEvidence } from './mapper.ts'
import { inOrderOfNeeds } from './order.ts'

/** Rounds after the first in which checks may see answers. */
const MOST_ROUNDS = 3

export interface Reduced {
  readonly stated: readonly StatedEvidence[]
  /** Ids of checks that threw: what they would have concluded is missing. */
  readonly failed: readonly string[]
  /** Everything that is known in the end, with what was concluded. */
  readonly facts: Facts
}

export type Answer = (ask: DigestAsk) => Promise<Readonly<Record<string, string>> | undefined>

/**
 * The reduce phase: every check concludes over the facts, those of its needs included that others conclude; asks are
 * merged, answered as new facts, and the checks conclude again. Only what the last round says counts.
 */
export async function reduce(
  checks: readonly Check[],
  facts: readonly Fact[],
  settings: Settings,
  answer: Answer,
): Promise<Reduced> {
  const order = inOrderOfNeeds(checks)
  const answers = new Map<string, Fact>()
  for (let round = 0; ; round++) {
    const view = growingView([...facts, ...answers.values()])
    const stated: StatedEvidence[] = []
    const failed: string[] = []
    const asks = new Map<string, DigestAsk>()
    for (const check of order) {
      const out = {
        evidence: (draft: EvidenceDraft) => void stated.push({ check: check.id, draft }),
        fact: <Kind extends FactKind>(kind: Kind, place: Place, data: FactMap[Kind]) =>
          view.add({ kind, place, data }),
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
    if (asks.size === 0 || round === MOST_ROUNDS) return { stated, failed, facts: view }
    for (const ask of asks.values()) answers.set(ask.id, await answered(ask, answer))
  }
}

async function answered(ask: DigestAsk, answer: Answer): Promise<Fact> {
  const digests = (await answer(ask)) ?? {}
  const place = { path: ask.path, root: '', inner: '', offset: ask.offset, length: ask.length, sha256: '' }
  return { kind: 'answer.digest', place, data: { ask: ask.id, digests } }
}

interface GrowingFacts extends Facts {
  add(fact: Fact): void
}

/** Facts by kind, in the order of their places, whatever the order of the threads was. */
export function factsView(facts: readonly Fact[]): Facts {
  return growingView(facts)
}

function growingView(facts: readonly Fact[]): GrowingFacts {
  const byKind = new Map<FactKind, Fact[]>()
  const sorted = new Map<FactKind, readonly Fact[]>()
  const view: GrowingFacts = {
    add(fact) {
      const known = byKind.get(fact.kind)
      if (known) known.push(fact)
      else byKind.set(fact.kind, [fact])
      sorted.delete(fact.kind)
    },
    of<Kind extends FactKind>(kind: Kind): readonly Fact<Kind>[] {
      const list = sorted.get(kind) ?? (byKind.get(kind) ?? []).toSorted(byPlace)
      sorted.set(kind, list)
      return list as unknown as readonly (Fact & { kind: Kind; data: FactMap[Kind] })[]
    },
  }
  for (const fact of facts) view.add(fact)
  return view
}

function byPlace(a: Fact, b: Fact): number {
  if (a.place.path !== b.place.path) return a.place.path < b.place.path ? -1 : 1
  if (a.place.offset !== b.place.offset) return a.place.offset - b.place.offset
  const [left, right] = [JSON.stringify(a.data), JSON.stringify(b.data)]
  return left < right ? -1 : left > right ? 1 : 0
}
