import type { CatalogueRule } from '../../rules.ts'
import { text } from '../../text.ts'
import { CLAUSE_4 } from './clause-4.ts'
import { CLAUSE_5_1 } from './clause-5-1.ts'
import { CLAUSE_5_2 } from './clause-5-2.ts'
import { CLAUSE_5_3_DUTIES } from './clause-5-3-duties.ts'
import { CLAUSE_5_3_MECHANISM } from './clause-5-3-mechanism.ts'
import { CLAUSE_5_4 } from './clause-5-4.ts'
import { CLAUSE_5_5 } from './clause-5-5.ts'
import { CLAUSE_5_6 } from './clause-5-6.ts'
import { CLAUSE_5_7 } from './clause-5-7.ts'
import { CLAUSE_6 } from './clause-6.ts'
import { CLAUSES_5_8_TO_5_10 } from './clauses-5-8-to-5-10.ts'
import { CLAUSES_5_11_TO_5_13 } from './clauses-5-11-to-5-13.ts'
import { SOURCES } from './sources.ts'

/**
 * EN 303 645, edition of 2020: 68 provisions, 33 mandatory and 35 recommendations.
 *
 * The pillars are the three points that the reported German rule names, each read narrowly:
 * - secureBoot: "secure boot": 5.7-1, and 5.7-2 because a verification whose failure nobody hears of protects nobody.
 * - credentials: "no hard-coded credentials": what may not be the same in every unit, 5.1-1, 5.1-2, 5.4-3, 5.4-4.
 *   Not 5.4-1 (how secrets are stored) nor 5.4-2 (tamper resistance of an identity): they let a credential be there.
 * - updates: "OTA update capability", a property of the device: that it can be updated (5.3-1, -2), does so by itself
 *   (-4, -5) and refuses what is not genuine (-7, -9, -10). Not what people do, say or publish about updates
 *   (-3, -6, -8, -11 to -16): these are judged one by one and counted like every other provision.
 */
export const EN303645_2020: CatalogueRule = {
  edition: 'en303645-2020',
  version: '1.1.0',
  title: text('EN 303 645 V2.1.1 (June 2020)', 'EN 303 645 V2.1.1 (Juni 2020)'),
  provisions: [
    ...CLAUSE_4,
    ...CLAUSE_5_1,
    ...CLAUSE_5_2,
    ...CLAUSE_5_3_MECHANISM,
    ...CLAUSE_5_3_DUTIES,
    ...CLAUSE_5_4,
    ...CLAUSE_5_5,
    ...CLAUSE_5_6,
    ...CLAUSE_5_7,
    ...CLAUSES_5_8_TO_5_10,
    ...CLAUSES_5_11_TO_5_13,
    ...CLAUSE_6,
  ],
  sources: SOURCES,
}
