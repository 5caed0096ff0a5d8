const RUNS = /\d+|\D+/g

/** Orders ids as the standard prints them: 5.9-3 before 5.10-1, 5.3-4A before 5.3-4B. Code units decide, never a locale. */
export function compareNatural(a: string, b: string): number {
  const left = a.match(RUNS) ?? []
  const right = b.match(RUNS) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareRuns(left[i] ?? '', right[i] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length || compareText(a, b)
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareRuns(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  return Number.isNaN(difference) ? compareText(a, b) : difference
}
