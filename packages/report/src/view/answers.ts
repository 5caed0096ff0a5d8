import type { CheckResult, Language, SourceStatus, Text, VerdictCounts } from '@messlatte/model'
import { fill, pick } from '../text.ts'
import { ANSWER_WORDS, WORDS } from '../words.ts'
import { type ColumnKey, countsOf, profilesOf } from './columns.ts'

export type AnswerKind = keyof typeof ANSWER_WORDS

export interface Answer {
  readonly column: ColumnKey
  readonly kind: AnswerKind
  readonly question: string
  readonly text: string
  readonly counts: VerdictCounts
}

const UNCONFIRMED: readonly SourceStatus[] = ['draft', 'reported', 'analysis']

/** One answer for each profile; without a profile, one for the standard alone. */
export function answersOf(result: CheckResult, language: Language): readonly Answer[] {
  const profiles = profilesOf(result)
  const columns: readonly ColumnKey[] = profiles.length === 0 ? ['baseline'] : profiles
  return columns.map((column) => {
    const counts = countsOf(result, column)
    const kind = answerKind(counts)
    const rule = ruleName(result, column, language)
    return {
      column,
      kind,
      question: pick(questionOf(result, column), language),
      text: fill(ANSWER_WORDS[kind], language, { rule }),
      counts,
    }
  })
}

function questionOf({ assessment }: CheckResult, column: ColumnKey): Text {
  return assessment.profiles.find(({ id }) => id === column)?.question ?? WORDS.baselineQuestion
}

function answerKind(counts: VerdictCounts): AnswerKind {
  if (counts.fail > 0) return 'obstacles'
  if (counts.contested > 0) return 'contradictions'
  const decided = counts.supported + counts.pass + counts['not-met']
  return counts.open > 0 || decided === 0 ? 'unknown' : 'clear'
}

function ruleName(result: CheckResult, column: ColumnKey, language: Language): string {
  if (column === 'baseline') return pick(WORDS.theBaseline, language)
  const unconfirmed = result.assessment.provisions.some((provision) => {
    const status = provision.profiles[column]?.sourceStatus
    return status !== undefined && UNCONFIRMED.includes(status)
  })
  return unconfirmed ? fill(WORDS.asReported, language, { profile: column }) : column
}
