import type { Check } from '../contract.ts'

/**
 * The checks in an order in which each concludes after those that give what it needs; else in their own order. Throws
 * where checks wait for each other.
 */
export function inOrderOfNeeds(checks: readonly Check[]): readonly Check[] {
  const order: Check[] = []
  const waiting = new Set(checks)
  while (waiting.size > 0) {
    const ready = [...waiting].find((check) => ![...waiting].some((other) => waitsFor(check, other)))
    if (!ready)
      throw new Error(`these checks wait for each other: ${[...waiting].map(({ id }) => id).join(', ')}`)
    order.push(ready)
    waiting.delete(ready)
  }
  return order
}

/** A check that needs what it gives itself waits for itself: it can have no answer. */
function waitsFor({ needs }: Check, { gives }: Check): boolean {
  return needs?.some((kind) => gives?.includes(kind)) ?? false
}
