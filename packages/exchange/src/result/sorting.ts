import { compareText } from './natural-order.ts'

export function sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  return [...items].sort(compare)
}

/** Entries in order of their keys: an object's own order tells in which order it was filled, which says nothing. */
export function sortedKeys<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => compareText(a, b))
}
