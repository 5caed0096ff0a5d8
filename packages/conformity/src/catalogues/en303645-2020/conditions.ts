import type { Condition } from '@messlatte/model'

/** The conditions of Annex B of EN 303 645 V2.1.1, by their printed numbers, over product traits. */
export const CONDITIONS = {
  1: { trait: 'passwords-used' },
  2: { trait: 'preinstalled-passwords' },
  3: { trait: 'components-not-updateable' },
  4: { trait: 'constrained' },
  5: { not: { trait: 'constrained' } },
  6: { trait: 'telemetry-collected' },
  7: { trait: 'personal-data-by-consent' },
  8: { trait: 'user-authentication' },
  9: { any: [{ trait: 'automatic-updates' }, { trait: 'update-notifications' }] },
  10: { trait: 'hard-coded-identity' },
  11: { trait: 'network-updates' },
  12: { trait: 'update-mechanism' },
  13: { trait: 'debug-interface-accessible' },
} as const satisfies Readonly<Record<number, Condition>>

export type ConditionNumber = keyof typeof CONDITIONS

/** All of the numbered conditions together; undefined for none. */
export function conditionOf(numbers: readonly ConditionNumber[]): Condition | undefined {
  const [first, ...rest] = numbers
  if (first === undefined) return undefined
  return rest.length === 0 ? CONDITIONS[first] : { all: numbers.map((number) => CONDITIONS[number]) }
}
