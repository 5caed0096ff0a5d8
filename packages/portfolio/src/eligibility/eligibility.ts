import { dayText, type ProfileRule } from '@messlatte/conformity'
import type { Day } from '../days.ts'
import type { Certificate, Supply, Variant } from '../portfolio.ts'
import type { State } from '../state.ts'
import { type Answer, worstAnswer } from './answer.ts'
import { type AnswerReason, type Change, change, NO_RULE, NO_UPDATE_CAPABILITY, reason } from './reasons.ts'
import { placingDay, type RuleAnswer, underRule } from './under-rule.ts'

/** A rule that governs the supply's market, and how the firmware stands under it. */
export interface Ruled {
  readonly rule: ProfileRule
  readonly state: State
}

/** The answer to a supply: the worst under the rules of its market, law first, then what was reported. */
export interface Eligibility {
  readonly answer: Answer
  readonly rules: readonly RuleAnswer[]
  /** What holds under whichever rule. */
  readonly reasons: readonly AnswerReason[]
  readonly changes: readonly Change[]
}

export interface Question {
  readonly supply: Pick<Supply, 'kind' | 'planned' | 'actual' | 'placed' | 'proof'>
  readonly variant: Pick<Variant, 'firmware' | 'traits' | 'certificates' | 'supportUntil'>
  /** False where the spreadsheet names no release of a module. */
  readonly released: boolean
  readonly asOf: Day
}

/** Pure: a later day never makes a placing better, and no cut-off for placing bars what was placed before it. */
export function eligibilityOf(question: Question, ruled: readonly Ruled[]): Eligibility {
  const { supply, variant, released, asOf } = question
  if (ruled.length === 0) return { answer: 'not-assessed', rules: [], reasons: [NO_RULE], changes: [] }
  const rules = ruled.map(({ rule, state }) =>
    underRule(rule, state, { supply, firmware: variant.firmware, released, asOf }),
  )
  const beside = variant.firmware === 'none' ? NOTHING : besideRules(variant, placingDay(supply))
  return {
    answer: worstAnswer([...rules.map(({ answer }) => answer), ...(beside.risk ? ['at-risk' as const] : [])]),
    rules,
    reasons: [
      ...beside.reasons,
      ...(variant.firmware === 'some' && variant.traits['update-mechanism'] === false
        ? [NO_UPDATE_CAPABILITY]
        : []),
    ],
    changes: beside.changes,
  }
}

interface Beside {
  readonly risk: boolean
  readonly reasons: readonly AnswerReason[]
  readonly changes: readonly Change[]
}

const NOTHING: Beside = { risk: false, reasons: [], changes: [] }

/** What has run out by the day of placing: certificates for which no later one of their kind is there, and support. */
function besideRules({ certificates, supportUntil }: Question['variant'], day: Day | null): Beside {
  if (day === null) return NOTHING
  const ran = certificates.filter(
    (one) => one.kind !== 'label' && runsOutBefore(one, day) && !certificates.some(isLater(one, day)),
  )
  const ended = supportUntil !== null && supportUntil < day
  if (ran.length === 0 && !ended) return NOTHING
  return {
    risk: true,
    reasons: [
      ...ran.map((one) => {
        const until = dayText(one.validUntil ?? '')
        return reason(
          'certificate-expired',
          `${one.id} is valid until ${until.en}, and the day of placing lies after it`,
          `${one.id} gilt bis ${until.de}, und der Tag des Inverkehrbringens liegt danach`,
        )
      }),
      ...(ended
        ? [
            reason(
              'support-ended',
              `Security updates are promised until ${dayText(supportUntil).en} only, before the day of placing`,
              `Sicherheitsaktualisierungen sind nur bis ${dayText(supportUntil).de} zugesagt, vor dem Tag des Inverkehrbringens`,
            ),
          ]
        : []),
    ],
    changes: [
      ...ran.map((one) =>
        change('renew-certificate', `A renewal of ${one.id}`, `Eine Verlängerung von ${one.id}`),
      ),
      ...(ended
        ? [
            change(
              'extend-support',
              'A support period that reaches beyond the day of placing',
              'Ein Unterstützungszeitraum, der über den Tag des Inverkehrbringens hinausreicht',
            ),
          ]
        : []),
    ],
  }
}

export function runsOutBefore({ validUntil }: Pick<Certificate, 'validUntil'>, day: Day): boolean {
  return validUntil !== null && validUntil < day
}

/** Another of its kind that is valid on the day takes its place. */
function isLater(one: Certificate, day: Day): (other: Certificate) => boolean {
  return (other) => other.kind === one.kind && !runsOutBefore(other, day)
}
