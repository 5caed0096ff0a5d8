import type {
  AnswerData,
  Ask,
  Check,
  EvidenceDraft,
  Fact,
  FactKind,
  FactMap,
  Facts,
  GuessAnswer,
  Place,
  Settings,
  TreeAnswer,
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

/** Undefined where nobody has the bytes, the range lies outside, or the budget is used up. */
export type Answer = (ask: Ask) => Promise<AnswerData | undefined>

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
    const asks = new Map<string, Ask>()
    for (const check of order) {
      const out = {
        evidence: (draft: EvidenceDraft) => void stated.push({ check: check.id, draft }),
        fact: <Kind extends FactKind>(kind: Kind, place: Place, data: FactMap[Kind]) =>
          view.add({ kind, place, data }),
        ask: (ask: Ask) => {
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
    for (const fact of await answerAll([...asks.values()], answer)) answers.set(fact.data.ask, fact)
  }
}

type AnswerFact = Fact<'answer.digest' | 'answer.hash-tree' | 'answer.bytes' | 'answer.guess'>

/** All at once, so that no thread waits; the same question is put once. */
async function answerAll(asks: readonly Ask[], answer: Answer): Promise<readonly AnswerFact[]> {
  const put = new Map<string, Promise<AnswerData | undefined>>()
  const once = (ask: Ask) => {
    const question = JSON.stringify({ ...ask, id: '' })
    const known = put.get(question) ?? answer(ask)
    put.set(question, known)
    return known
  }
  return Promise.all(asks.map(async (ask) => answerFact(ask, await once(ask))))
}

/** An answer as the fact that checks see. */
export function answerFact(ask: Ask, answer: AnswerData | undefined): AnswerFact {
  const { id, path, offset, length } = ask
  const place = { path, root: '', inner: '', offset, length, sha256: '' }
  switch (ask.kind) {
    case undefined:
      return {
        kind: 'answer.digest',
        place,
        data: { ask: id, digests: (answer ?? {}) as Readonly<Record<string, string>> },
      }
    case 'hash-tree':
      return {
        kind: 'answer.hash-tree',
        place,
        data: { ask: id, ...(answer === undefined ? {} : { tree: answer as TreeAnswer }) },
      }
    case 'bytes':
      return {
        kind: 'answer.bytes',
        place,
        data: { ask: id, ...(answer === undefined ? {} : { base64: answer as string }) },
      }
    case 'guess':
      return {
        kind: 'answer.guess',
        place,
        data: { ask: id, ...(answer === undefined ? {} : { guess: answer as GuessAnswer }) },
      }
  }
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
