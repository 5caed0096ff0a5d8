import type { CheckResult, Language, UnknownRegion } from '@messlatte/model'
import { roughBytes } from '../figures.ts'
import { fill } from '../text.ts'
import { WORDS } from '../words.ts'

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

/** What nobody looked into, for the head of a report; undefined where there is none. */
export function opaqueSentence(result: CheckResult, language: Language): string | undefined {
  const length = result.evidence
    .filter(({ kind }) => kind === 'scope.opaque-image')
    .reduce((sum, it) => sum + it.length, 0)
  return length === 0 ? undefined : fill(WORDS.opaque, language, { bytes: roughBytes(length, language) })
}
