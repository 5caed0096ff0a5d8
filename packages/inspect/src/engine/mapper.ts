import type { Bytes } from '@messlatte/bytes'
import type { LimitHit } from '@messlatte/model'
import { type Found, limitHit, type Mapper } from '@messlatte/unpack'
import type { Check, EvidenceDraft, Fact, MapOut, Settings } from '../contract.ts'
import { answerOf, type Question } from './answers/index.ts'
import { artefactOf, withHits } from './artefact.ts'
import { createLiteralScanner, type LiteralMatches } from './literals.ts'
import { createRouting, hitsFor } from './selector.ts'

/** Evidence as it leaves a thread, with the check that stated it. */
export interface StatedEvidence {
  readonly check: string
  readonly draft: EvidenceDraft
}

/** What one thread gives to the reduce phase. */
export interface MapOutput {
  readonly evidence: readonly StatedEvidence[]
  readonly facts: readonly Fact[]
  readonly limits: readonly LimitHit[]
  /** Nest paths whose bytes this thread keeps for asks. */
  readonly pinned: readonly string[]
}

/** A check that throws costs its own finding, and says so. */
export function failedCheck(check: string, path: string): LimitHit {
  return limitHit('crash', path, {
    en: `The check ${check} failed here; what it would have found is missing. Please report it.`,
    de: `Die Prüfung ${check} ist hier gescheitert; was sie gefunden hätte, fehlt. Bitte melden Sie es.`,
  })
}

function ownersOf(checks: readonly Check[]): ReadonlyMap<string, readonly Check[]> {
  const owners = new Map<string, Check[]>()
  for (const check of checks) {
    for (const literal of new Set(check.literals)) {
      const known = owners.get(literal)
      if (known) known.push(check)
      else owners.set(literal, [check])
    }
  }
  return owners
}

/** The map phase of all checks, in one thread. */
export function createMapper(checks: readonly Check[], settings: Settings): Mapper<MapOutput> {
  const looking = checks.filter((check) => check.look)
  const routing = createRouting(looking)
  const scanning = looking.filter((check) => check.wants.literals)
  const scan = createLiteralScanner(scanning.flatMap((check) => check.literals ?? []))
  const owners = ownersOf(scanning)
  const pins = new Map<string, Bytes>()
  let output = emptyOutput()

  /** The checks that own what was found, in the order of the registry. */
  function owning(matches: LiteralMatches): readonly Check[] {
    if (matches.size === 0) return []
    const found = new Set([...matches.keys()].flatMap((literal) => owners.get(literal) ?? []))
    return scanning.filter((check) => found.has(check))
  }

  function look(
    check: Check,
    found: Found,
    artefact: ReturnType<typeof artefactOf>,
    matches: LiteralMatches,
  ): void {
    const out: MapOut = {
      evidence: (draft) => void output.evidence.push({ check: check.id, draft }),
      fact: (kind, place, data) => void output.facts.push({ kind, place, data } as Fact),
      pin: () => {
        pins.set(found.path, found.keep())
        output.pinned.push(found.path)
      },
      limit: (limit, place, text) => void output.limits.push(limitHit(limit, place.path, text)),
    }
    try {
      check.look?.(withHits(artefact, hitsFor(check, matches)), out, settings)
    } catch {
      output.limits.push(failedCheck(check.id, found.path))
    }
  }

  return {
    visitor: {
      visit(found) {
        const searched = !found.covered && found.bytes.size > 0
        const matches = searched ? scan(found.bytes) : new Map<string, number[]>()
        const wanting = new Set(routing.wanting(found))
        for (const check of owning(matches)) wanting.add(check)
        if (wanting.size === 0) return
        const artefact = artefactOf(found)
        for (const check of wanting) look(check, found, artefact, matches)
      },
    },
    take() {
      const taken = output
      output = emptyOutput()
      const some = taken.evidence.length + taken.facts.length + taken.limits.length + taken.pinned.length > 0
      return some ? taken : undefined
    },
    answer: (question, work) => answerOf(question as Question, pins, work),
  }
}

function emptyOutput() {
  return {
    evidence: [] as StatedEvidence[],
    facts: [] as Fact[],
    limits: [] as LimitHit[],
    pinned: [] as string[],
  }
}
