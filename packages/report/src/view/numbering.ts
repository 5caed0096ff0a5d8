import type { CheckResult, Evidence } from '@messlatte/model'

export interface NumberedEvidence {
  /** From 1. */
  readonly number: number
  readonly evidence: Evidence
}

/** Short names for evidence, in the order in which the image holds it. */
export function numberEvidence(result: CheckResult): ReadonlyMap<string, NumberedEvidence> {
  const ordered = result.evidence.toSorted(
    (a, b) =>
      compare(a.path, b.path) || a.offset - b.offset || compare(a.kind, b.kind) || compare(a.id, b.id),
  )
  return new Map(ordered.map((evidence, i) => [evidence.id, { number: i + 1, evidence }]))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
