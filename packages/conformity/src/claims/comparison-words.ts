import type { Text } from '@messlatte/model'
import type { ComparisonResult } from './compare.ts'

/** How a claim stands to what was observed. */
export const COMPARISON_WORDS = {
  mismatch: { en: 'mismatch', de: 'Widerspruch' },
  undeclared: { en: 'undeclared but observed', de: 'beobachtet, aber nicht angegeben' },
  match: { en: 'match', de: 'Übereinstimmung' },
  insufficient: { en: 'insufficient', de: 'reicht nicht' },
  'not-observed': { en: 'not observed', de: 'nicht beobachtet' },
  'not-applicable': { en: 'not applicable', de: 'trifft nicht zu' },
} as const satisfies Readonly<Record<ComparisonResult, Text>>
