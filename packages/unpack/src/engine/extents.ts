import type { Extent } from '@messlatte/bytes'

/** Numbers of an extent: where it begins, its length, where it lies (or NONE), and what fills it. */
const NUMBERS = 4
const NONE = -1

/**
 * Extents in memory that all threads share, so that no task has to carry a copy of each of them; none where one of them is
 * packed.
 */
export function sharedExtents(extents: readonly Extent[]): SharedArrayBuffer | undefined {
  const numbers = new Float64Array(new SharedArrayBuffer(extents.length * NUMBERS * 8))
  for (const [index, extent] of extents.entries()) {
    if ('packed' in extent) return undefined
    const { at, length } = extent
    numbers.set(
      'from' in extent ? [at, length, extent.from, 0] : [at, length, NONE, extent.fill],
      index * NUMBERS,
    )
  }
  return numbers.buffer
}

/** The extents that `sharedExtents` wrote. */
export function extentsIn(buffer: SharedArrayBuffer): readonly Extent[] {
  const numbers = new Float64Array(buffer)
  return Array.from({ length: numbers.length / NUMBERS }, (_, index) => {
    const [at = 0, length = 0, from = 0, fill = 0] = numbers.subarray(index * NUMBERS, (index + 1) * NUMBERS)
    return from === NONE ? { at, length, fill } : { at, length, from }
  })
}
