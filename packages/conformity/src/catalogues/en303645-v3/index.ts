import type { CatalogueRule } from '../../rules.ts'
import { text } from '../../text.ts'
import { CLAUSE_5_3 } from './clause-5-3.ts'
import { CLAUSE_6 } from './clause-6.ts'
import { CLAUSES_5_0_TO_5_2 } from './clauses-5-0-to-5-2.ts'
import { CLAUSES_5_4_TO_5_5 } from './clauses-5-4-to-5-5.ts'
import { CLAUSES_5_6_TO_5_7 } from './clauses-5-6-to-5-7.ts'
import { CLAUSES_5_8_TO_5_13 } from './clauses-5-8-to-5-13.ts'
import { FROM_2020 } from './from-2020.ts'
import { SOURCES } from './sources.ts'

/**
 * EN 303 645 V3.1.3 (2024): 78 provisions, 36 mandatory and 42 recommendations. Its pillars are those of 2020, by the
 * provisions that took their place; a part that was split off and asks something else is in none.
 */
export const EN303645_V3: CatalogueRule = {
  edition: 'en303645-v3.1.3',
  version: '1.0.0',
  title: text('EN 303 645 V3.1.3 (September 2024)', 'EN 303 645 V3.1.3 (Stand September 2024)'),
  provisions: [
    ...CLAUSES_5_0_TO_5_2,
    ...CLAUSE_5_3,
    ...CLAUSES_5_4_TO_5_5,
    ...CLAUSES_5_6_TO_5_7,
    ...CLAUSES_5_8_TO_5_13,
    ...CLAUSE_6,
  ],
  sources: SOURCES,
  origins: FROM_2020,
}
