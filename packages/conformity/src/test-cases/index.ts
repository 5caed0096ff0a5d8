import type { Edition } from '@messlatte/model'
import type { TestCase } from './test-case.ts'
import { TS103701_V1 } from './ts103701-v1/index.ts'
import { TS103701_V2 } from './ts103701-v2/index.ts'

/** The test cases by the edition that their specification assesses. */
export const TEST_CASES: Readonly<Record<Edition, readonly TestCase[]>> = {
  'en303645-2020': TS103701_V1,
  'en303645-v3.1.3': TS103701_V2,
}

/** What a laboratory does for a provision, in the order of the specification. */
export function casesOf(edition: Edition, provision: string): readonly TestCase[] {
  return TEST_CASES[edition].filter((one) => one.provision === provision)
}
