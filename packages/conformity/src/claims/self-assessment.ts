import type { SelfAssessedCase, SelfAssessedGroup, TestVerdict } from '@messlatte/model'

/** Worst first: what decides over several units, and over several cases. */
const WORST_FIRST: readonly TestVerdict[] = ['fail', 'inconclusive', 'pass', 'n/a']

/** The worst of some verdicts, null for none. */
export function worstTestVerdict(verdicts: readonly TestVerdict[]): TestVerdict | null {
  return WORST_FIRST.find((one) => verdicts.includes(one)) ?? null
}

/** What a case comes to by its own words: stated, and never better than the worst of its units. */
export function caseComesTo({ verdict, units }: SelfAssessedCase): TestVerdict | null {
  return worstTestVerdict([...(verdict === null ? [] : [verdict]), ...units.map((unit) => unit.verdict)])
}

/** What a group comes to by its own words: stated, and never better than the worst of its cases. Null where nothing is stated. */
export function groupComesTo({ verdict, cases }: SelfAssessedGroup): TestVerdict | null {
  const ofCases = cases.map(caseComesTo)
  if (verdict === null && ofCases.includes(null)) return null
  return worstTestVerdict([...(verdict === null ? [] : [verdict]), ...ofCases.flatMap((one) => one ?? [])])
}

/** Cases of a group that fail by its own words. */
export function failingCases({ cases }: SelfAssessedGroup): readonly string[] {
  return cases.filter((one) => caseComesTo(one) === 'fail').map(({ id }) => id)
}
