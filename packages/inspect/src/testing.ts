import { createHash } from 'node:crypto'
import { type Bytes, latin1, memoryBytes } from '@messlatte/bytes'
import type {
  AnswerData,
  Artefact,
  Ask,
  Check,
  EvidenceDraft,
  Fact,
  FactKind,
  Facts,
  Hit,
  MapOut,
  Settings,
} from './contract.ts'
import { MAX_TEXT } from './contract.ts'
import { answerOf } from './engine/answers/index.ts'
import type { Work } from './engine/answers/work.ts'
import { inOrderOfNeeds } from './engine/order.ts'
import { answerFact } from './engine/reduce.ts'

/** A file as checks see it, for tests. */
export function testArtefact(
  inner: string,
  content: string | Uint8Array,
  more: Partial<Omit<Artefact, 'bytes' | 'inner'>> = {},
): Artefact {
  const data = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const root = more.root ?? 'fw.bin@0x0:squashfs'
  return {
    path: `${root}/${inner}`,
    root,
    inner,
    name: inner.slice(inner.lastIndexOf('/') + 1),
    type: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    target: undefined,
    xattrs: undefined,
    format: undefined,
    bytes: memoryBytes(data),
    sha256: () => createHash('sha256').update(data).digest('hex'),
    text: () => latin1(data.subarray(0, MAX_TEXT)),
    hits: [],
    ...more,
  }
}

export interface TestRun {
  readonly evidence: readonly EvidenceDraft[]
  readonly facts: readonly Fact[]
}

const DEFAULTS: Settings = { trusted: [], trustedDigests: [], guesses: 100_000, productWords: [] }

/** Runs checks over artefacts as the frame does: selector, literals, map, then up to three reduce rounds with answers. */
export function runChecks(
  checks: readonly Check[],
  artefacts: readonly Artefact[],
  settings: Partial<Settings> = {},
): TestRun {
  const all: Settings = { ...DEFAULTS, ...settings }
  const mapped: EvidenceDraft[] = []
  const facts: Fact[] = []
  const pinned = new Map<string, Bytes>()
  for (const check of checks) {
    for (const artefact of artefacts) {
      const hits = hitsOf(check, artefact)
      if (!selected(check, artefact, hits)) continue
      const out: MapOut = {
        evidence: (draft) => void mapped.push(ofItsKinds(check, draft)),
        fact: (kind, place, data) => void facts.push(ofGivenKinds(check, { kind, place, data })),
        pin: (one) => void pinned.set(one.path, one.bytes),
        limit: () => {},
      }
      check.look?.({ ...artefact, hits }, out, all)
    }
  }
  const order = inOrderOfNeeds(checks)
  const answers: Fact[] = []
  for (let round = 0; ; round++) {
    const evidence: EvidenceDraft[] = []
    const concluded: Fact[] = []
    const asks: Ask[] = []
    for (const check of order) {
      check.conclude?.(
        factsOf([...facts, ...answers, ...concluded]),
        {
          evidence: (draft) => void evidence.push(ofItsKinds(check, draft)),
          fact: (kind, place, data) => void concluded.push(ofGivenKinds(check, { kind, place, data })),
          ask: (ask) => void asks.push(ask),
        },
        all,
      )
    }
    const fresh = asks.filter((ask) => !answers.some((known) => askOf(known) === ask.id))
    if (fresh.length === 0 || round === 3)
      return { evidence: [...mapped, ...evidence], facts: [...facts, ...concluded] }
    for (const ask of fresh) answers.push(answer(ask, pinned))
  }
}

function ofGivenKinds(check: Check, fact: Fact): Fact {
  if (!check.gives?.includes(fact.kind))
    throw new Error(`${check.id} does not say that it gives ${fact.kind}`)
  return fact
}

function ofItsKinds(check: Check, draft: EvidenceDraft): EvidenceDraft {
  if (!check.states.includes(draft.kind))
    throw new Error(`${check.id} does not say that it states ${draft.kind}`)
  return draft
}

function askOf(fact: Fact): string | undefined {
  return 'ask' in fact.data ? (fact.data.ask as string) : undefined
}

const UNCOUNTED: Work = { addBytes: () => {} }

function answer(ask: Ask, pinned: ReadonlyMap<string, Bytes>): Fact {
  if (!pinned.has(ask.path)) throw new Error(`an ask names ${ask.path}, which was not pinned`)
  return answerFact(ask, answerOf({ ask }, pinned, UNCOUNTED) as AnswerData | undefined)
}

function hitsOf(check: Check, artefact: Artefact): readonly Hit[] {
  const text = artefact.text()
  const hits: Hit[] = []
  for (const literal of check.literals ?? []) {
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
      hits.push({ literal, offset: at })
    }
  }
  return hits.sort((a, b) => a.offset - b.offset)
}

function selected(check: Check, artefact: Artefact, hits: readonly Hit[]): boolean {
  const { paths, formats, literals, unrecognised, xattrs } = check.wants
  const ofRelease = artefact.type === 'file' && artefact.root === '' && artefact.format === undefined
  if (unrecognised && (artefact.type === 'unknown' || ofRelease)) return true
  if (paths?.some((pattern) => pattern.test(artefact.inner))) return true
  if (artefact.format !== undefined && formats?.includes(artefact.format)) return true
  if (xattrs?.some((name) => artefact.xattrs?.[name] !== undefined)) return true
  return literals === true && hits.length > 0
}

function factsOf(facts: readonly Fact[]): Facts {
  return {
    of<Kind extends FactKind>(kind: Kind): readonly Fact<Kind>[] {
      return facts
        .filter((fact): fact is Fact<Kind> => fact.kind === kind)
        .sort((a, b) =>
          a.place.path < b.place.path
            ? -1
            : a.place.path > b.place.path
              ? 1
              : a.place.offset - b.place.offset,
        )
    },
  }
}
