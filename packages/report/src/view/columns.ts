import type {
  CheckResult,
  Language,
  ProfileVerdict,
  ProvisionResult,
  ProvisionVerdict,
  RequirementResult,
  Verdict,
  VerdictCounts,
} from '@messlatte/model'
import { pick } from '../text.ts'
import { WORDS } from '../words.ts'

/** `baseline` or a profile's id: what verdicts, pillars and counts are keyed by. */
export type ColumnKey = 'baseline' | CheckResult['options']['profiles'][number]

/** The standard alone first, then each profile. */
export function columnsOf(result: CheckResult): readonly ColumnKey[] {
  return ['baseline', ...profilesOf(result)]
}

export function profilesOf(result: CheckResult): readonly Exclude<ColumnKey, 'baseline'>[] {
  return result.options.profiles
}

export function columnName(column: ColumnKey, language: Language): string {
  return column === 'baseline' ? pick(WORDS.baseline, language) : column
}

/** Undefined where the profile says nothing about the provision. */
export function verdictIn(
  provision: ProvisionResult,
  column: ColumnKey,
): ProvisionVerdict | ProfileVerdict | undefined {
  return column === 'baseline' ? provision.baseline : provision.profiles[column]
}

/** What the column's profile asks in its own numbering. */
export function requirementsIn(result: CheckResult, column: ColumnKey): readonly RequirementResult[] {
  return result.assessment.requirements.filter(({ profile }) => profile === column)
}

/** False where the column's profile asks in its own numbering alone. */
export function judgesProvisions(result: CheckResult, column: ColumnKey): boolean {
  return result.assessment.provisions.some((provision) => verdictIn(provision, column) !== undefined)
}

/** Counted over what the report shows, so that its figures always agree with its table. */
export function countsOf(result: CheckResult, column: ColumnKey): VerdictCounts {
  const counts: Record<Verdict, number> = {
    fail: 0,
    contested: 0,
    open: 0,
    'not-met': 0,
    supported: 0,
    pass: 0,
    'not-applicable': 0,
  }
  for (const provision of result.assessment.provisions) {
    const verdict = verdictIn(provision, column)
    if (verdict !== undefined) counts[verdict.verdict] += 1
  }
  for (const { result: own } of requirementsIn(result, column)) counts[own.verdict] += 1
  return counts
}
