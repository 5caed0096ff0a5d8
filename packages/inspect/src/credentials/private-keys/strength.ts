import type { Text } from '@messlatte/model'
import type { KeyIdentity } from './facts.ts'

/** From how many bits on a key of a kind is accepted; each number from the source that is named. */
interface Threshold {
  readonly applies: RegExp
  /** BSI TR-02102-1, version 2024-01, tables on asymmetric methods: recommended key lengths. */
  readonly tr02102: number
  /** SOG-IS Agreed Cryptographic Mechanisms 1.3, 2023: recommended, and legacy (accepted until the end of 2025 at most). */
  readonly sogis: number
  readonly sogisLegacy: number
}

const THRESHOLDS: readonly Threshold[] = [
  { applies: /^(?:rsa|dsa)/, tr02102: 3000, sogis: 3000, sogisLegacy: 1900 },
  { applies: /^(?:ec-|ed|x25519|x448)/, tr02102: 250, sogis: 250, sogisLegacy: 200 },
]

export interface Strength {
  readonly bits: number
  readonly tr02102: 'as-recommended' | 'below'
  readonly sogis: 'recommended' | 'legacy' | 'below'
}

/** What two published rules say to the size of a key; undefined for kinds that they do not speak of. */
export function strengthOf({ algorithm, bits }: KeyIdentity): Strength | undefined {
  const rule = THRESHOLDS.find(({ applies }) => applies.test(algorithm))
  if (!rule || bits === 0) return undefined
  return {
    bits,
    tr02102: bits >= rule.tr02102 ? 'as-recommended' : 'below',
    sogis: bits >= rule.sogis ? 'recommended' : bits >= rule.sogisLegacy ? 'legacy' : 'below',
  }
}

/** Fits at the end of a reason. */
export const BELOW: Text = {
  en: 'It is also shorter than TR-02102-1 and SOG-IS accept.',
  de: 'Er ist außerdem kürzer, als TR-02102-1 und SOG-IS zulassen.',
}
