import type { Text } from '@messlatte/model'
import { text } from '../text.ts'

/** The closed answers, worst first. Only the last two let a plan stand as it is. */
export const ANSWERS = [
  'barred',
  'barred-as-reported',
  'at-risk',
  'not-assessed',
  'no-obstacle',
  'outside',
] as const

/**
 * `barred` by law that binds on the day · `barred-as-reported` by a rule that nobody has confirmed · `at-risk` something is
 * open, contested, fails by our own reading alone, or the date may slip · `not-assessed` no proof of the date, no release or
 * no evidence · `no-obstacle` found under the rule · `outside` the rule does not look at these units.
 */
export type Answer = (typeof ANSWERS)[number]

export function worstAnswer(answers: readonly Answer[]): Answer {
  return ANSWERS.find((answer) => answers.includes(answer)) ?? 'not-assessed'
}

/** How good an answer is; more is better. */
export function rankOf(answer: Answer): number {
  return ANSWERS.indexOf(answer)
}

export const ANSWER_WORDS: Readonly<Record<Answer, Text>> = {
  barred: text('barred', 'gesperrt'),
  'barred-as-reported': text('barred as reported', 'gesperrt laut Bericht'),
  'at-risk': text('at risk', 'gefährdet'),
  'not-assessed': text('not assessed', 'nicht bewertet'),
  'no-obstacle': text('no obstacle found', 'kein Hindernis gefunden'),
  outside: text('outside', 'nicht erfasst'),
}
