import type { Verdict } from '@messlatte/model'

/** Worst first. `not-applicable` has no rank: it says that there was nothing to judge. */
export const WORST_FIRST = ['fail', 'contested', 'open', 'not-met', 'supported', 'pass'] as const

/** The worst verdict; `not-applicable` where there is nothing else. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'not-applicable'
}

/** Natural order of provision numbers: 4-1, 5.1-2, 5.1-2A, 5.1-10, 5.3-1, 5.10-1, 6-1. */
export function compareProvisionIds(a: string, b: string): number {
  const left = parts(a)
  const right = parts(b)
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = comparePart(left[at], right[at])
    if (order !== 0) return order
  }
  return compareText(a, b)
}

/** Code unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function parts(id: string): readonly string[] {
  return id.match(/\d+|[A-Za-z]+/g) ?? []
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  const difference = Number(a) - Number(b)
  return Number.isNaN(difference) ? compareText(a, b) : difference
}
