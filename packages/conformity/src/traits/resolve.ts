import type { Evidence, StatedTraits, Trait, TraitId } from '@messlatte/model'
import type { Known } from './condition.ts'
import { DERIVATIONS, type Derivation, fitsKind, IMPLICATIONS } from './derivations.ts'
import { TRAITS } from './questions.ts'

export interface Traits {
  /** What counts: stated, else derived, else what follows from these. */
  readonly held: (trait: TraitId) => Known
  /** What the evidence says first: derived, else stated, else what follows. */
  readonly shown: (trait: TraitId) => Known
  readonly list: readonly Trait[]
  /** Where a statement and the evidence disagree: the evidence ids, by trait. */
  readonly conflicts: ReadonlyMap<TraitId, readonly string[]>
}

/** Evidence must come sorted; what it shows with low confidence shows nothing about the product. */
export function resolveTraits(
  evidence: readonly Evidence[],
  stated: StatedTraits,
  derivations: readonly Derivation[] = DERIVATIONS,
): Traits {
  const derived = conclude(derive(evidence, derivations))
  const told = new Map<TraitId, Trait>()
  for (const { id } of TRAITS) {
    const value = stated[id]
    if (value !== undefined) told.set(id, { id, value, origin: 'stated', because: [] })
  }
  const held = conclude(new Map([...derived, ...told]))
  const shown = conclude(new Map([...told, ...derived]))
  return {
    held: (trait) => held.get(trait)?.value ?? null,
    shown: (trait) => shown.get(trait)?.value ?? null,
    list: TRAITS.map(({ id }) => held.get(id) ?? { id, value: null, origin: 'unknown', because: [] }),
    conflicts: conflictsOf(told, derived),
  }
}

function derive(evidence: readonly Evidence[], derivations: readonly Derivation[]): Map<TraitId, Trait> {
  const traits = new Map<TraitId, Trait>()
  const disputed = new Set<TraitId>()
  const shownBy: string[][] = derivations.map(() => [])
  const linesOf = linesByKind(derivations)
  for (const { id, kind, confidence } of evidence)
    if (confidence.grade !== 'low') for (const line of linesOf(kind)) shownBy[line]?.push(id)
  derivations.forEach(({ trait, value }, at) => {
    const because = shownBy[at] ?? []
    if (because.length === 0) return
    if (traits.has(trait) && traits.get(trait)?.value !== value) disputed.add(trait)
    const known = traits.get(trait)?.because ?? []
    traits.set(trait, { id: trait, value, origin: 'derived', because: [...new Set([...known, ...because])] })
  })
  for (const trait of disputed) traits.delete(trait)
  return traits
}

/** Kinds come again and again; those of hostile results are forgotten again. */
const MOST_KINDS = 4000
const KINDS = new WeakMap<readonly Derivation[], Map<string, readonly number[]>>()

/** Which lines a kind of evidence fits, by their places. */
function linesByKind(derivations: readonly Derivation[]): (kind: string) => readonly number[] {
  const known = KINDS.get(derivations) ?? new Map<string, readonly number[]>()
  if (known.size > MOST_KINDS) known.clear()
  KINDS.set(derivations, known)
  return (kind) => {
    const before = known.get(kind)
    if (before) return before
    const lines = derivations.flatMap(({ kinds }, at) =>
      kinds.some((prefix) => fitsKind(prefix, kind)) ? [at] : [],
    )
    known.set(kind, lines)
    return lines
  }
}

/** Fills in what follows; a direct answer is never overwritten. */
function conclude(answers: Map<TraitId, Trait>): ReadonlyMap<TraitId, Trait> {
  for (let grown = true; grown; ) {
    grown = false
    for (const { trait, value, implies, becomes } of IMPLICATIONS) {
      const premise = answers.get(trait)
      if (premise?.value !== value || answers.has(implies)) continue
      answers.set(implies, { ...premise, id: implies, value: becomes })
      grown = true
    }
  }
  return answers
}

function conflictsOf(
  told: ReadonlyMap<TraitId, Trait>,
  derived: ReadonlyMap<TraitId, Trait>,
): ReadonlyMap<TraitId, readonly string[]> {
  const conflicts = new Map<TraitId, readonly string[]>()
  for (const [id, statement] of told) {
    const finding = derived.get(id)
    if (finding && finding.value !== statement.value) conflicts.set(id, finding.because)
  }
  return conflicts
}
