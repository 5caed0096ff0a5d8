import type { Condition } from '@messlatte/model'

/** The conditions of Annex B of EN 303 645 V3.1.3 that its rows name, by their printed numbers. */
export const CONDITIONS = {
  3: { trait: 'components-not-updateable' },
  12: { trait: 'update-mechanism' },
  14: { trait: 'brute-force-protection-possible' },
  15: { trait: 'update-mechanism-possible' },
  16: { trait: 'critical-parameters-exist' },
} as const satisfies Readonly<Record<number, Condition>>

/** The features of Annex B of V3.1.3, by their printed letters. Where 2020 asks the same, the trait is the same. */
export const FEATURES = {
  a: { trait: 'password-authentication' },
  b: { trait: 'factory-passwords' },
  c: { trait: 'cryptographic-authentication' },
  d: { trait: 'user-authentication' },
  e: { trait: 'network-authentication' },
  f: { trait: 'replaceable-components' },
  g: { trait: 'software-updateable' },
  h: { trait: 'automatic-updates' },
  i: { trait: 'update-notifications' },
  j: { trait: 'network-updates' },
  k: { trait: 'stored-security-parameters' },
  l: { trait: 'hard-coded-identity' },
  m: { trait: 'update-or-service-secrets' },
  n: { trait: 'network-configuration' },
  o: { trait: 'secrets-communicated' },
  p: { trait: 'unused-interfaces' },
  q: { trait: 'debug-interfaces' },
  r: { trait: 'physical-debug-interfaces' },
  s: { trait: 'change-detection' },
  t: { trait: 'personal-data-to-services' },
  u: { trait: 'sensitive-data-to-services' },
  v: { trait: 'external-sensing' },
  w: { trait: 'telemetry-collected' },
  x: { trait: 'personal-data-at-service' },
  y: { trait: 'personal-data-by-consent' },
  z: { trait: 'personal-data-processed' },
  aa: { trait: 'aggregate-only' },
} as const satisfies Readonly<Record<string, Condition>>

export type ConditionNumber = keyof typeof CONDITIONS
export type FeatureLetter = keyof typeof FEATURES

/** All of the numbered conditions and lettered features together; undefined for none. */
export function conditionOf(
  numbers: readonly ConditionNumber[],
  letters: readonly FeatureLetter[],
): Condition | undefined {
  const all = [...numbers.map((number) => CONDITIONS[number]), ...letters.map((letter) => FEATURES[letter])]
  return all.length > 1 ? { all } : all[0]
}
