import type { TestCase } from '../test-case.ts'
import { CLAUSE_5_3 } from './clause-5-3.ts'
import { CLAUSES_4_TO_5_2 } from './clauses-4-to-5-2.ts'
import { CLAUSES_5_4_TO_5_5 } from './clauses-5-4-to-5-5.ts'
import { CLAUSES_5_6_TO_5_8 } from './clauses-5-6-to-5-8.ts'
import { CLAUSES_5_9_TO_6 } from './clauses-5-9-to-6.ts'

/** ETSI TS 103 701 V1.1.1 (2021-08): 109 test cases in 68 groups, one group for each provision of the 2020 edition. */
export const TS103701_V1: readonly TestCase[] = [
  ...CLAUSES_4_TO_5_2,
  ...CLAUSE_5_3,
  ...CLAUSES_5_4_TO_5_5,
  ...CLAUSES_5_6_TO_5_8,
  ...CLAUSES_5_9_TO_6,
]
