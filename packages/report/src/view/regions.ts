import type { UnknownRegion } from '@messlatte/model'

export interface RegionSum {
  readonly guess: UnknownRegion['guess']
  readonly count: number
  /** Bytes. */
  readonly bytes: number
}

/** Unknown regions by what they look like, most bytes first. */
export function sumRegions(regions: readonly UnknownRegion[]): readonly RegionSum[] {
  const sums = new Map<UnknownRegion['guess'], RegionSum>()
  for (const { guess, length } of regions) {
    const sum = sums.get(guess) ?? { guess, count: 0, bytes: 0 }
    sums.set(guess, { guess, count: sum.count + 1, bytes: sum.bytes + length })
  }
  return [...sums.values()].toSorted((a, b) => b.bytes - a.bytes)
}
