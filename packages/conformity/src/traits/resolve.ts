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
  for (const { trait, value, kinds } of derivations) {
    const because = evidence
      .filter((one) => one.confidence.grade !== 'low' && kinds.some((prefix) => fitsKind(prefix, one.kind)))
      .map((one) => one.id)
    if (because.length === 0) continue
    if (traits.has(trait) && traits.get(trait)?.value !== value) disputed.add(trait)
    const known = traits.get(trait)?.because ?? []
    traits.set(trait, { id: trait, value, origin: 'derived', because: [...new Set([...known, ...because])] })
  }
  for (const trait of disputed) traits.delete(trait)
  return traits
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
