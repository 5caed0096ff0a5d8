import type { ProfileRule } from '@messlatte/conformity'
import { type Day, daysBetween } from '../days.ts'
import type { Supply } from '../portfolio.ts'
import type { Standing } from '../standing.ts'
import { standingOf } from '../standing.ts'
import type { State, Unsettled } from '../state.ts'
import { type Answer, rankOf, worstAnswer } from './answer.ts'
import {
  type AnswerReason,
  about,
  betterRelease,
  type Change,
  DATE_UNKNOWN,
  farBefore,
  HAND_IN_RELEASE,
  keepDate,
  MADE_AVAILABLE,
  NO_DAY,
  NO_EVIDENCE,
  NO_FIRMWARE,
  NO_RELEASE,
  NOT_CONCERNED,
  NOTHING_AGAINST,
  OFFICIAL_TEXT,
  PROVE_DATE,
  placedAfter,
  placedBefore,
  placeEarlier,
  plannedBefore,
  plannedPassed,
  STATE_DATE,
  settle,
} from './reasons.ts'

/** What a supply is asked about: its own facts, and those of the firmware. */
export interface Asked {
  readonly supply: Pick<Supply, 'kind' | 'planned' | 'actual' | 'placed' | 'proof'>
  readonly firmware: 'some' | 'none'
  /** False where the spreadsheet names no release of a module. */
  readonly released: boolean
  /** The day of the question. */
  readonly asOf: Day
}

/** The answer under one rule. */
export interface RuleAnswer {
  readonly rule: string
  readonly standing: Standing
  readonly answer: Answer
  readonly reasons: readonly AnswerReason[]
  readonly changes: readonly Change[]
}

type Judged = Omit<RuleAnswer, 'rule' | 'standing'>

/** What is known of the day on which units were, or will be, placed. */
type Placing =
  | { readonly known: 'proved' | 'claimed' | 'planned' | 'passed'; readonly day: Day }
  | { readonly known: 'nothing' }

export function underRule(rule: ProfileRule, state: State, asked: Asked): RuleAnswer {
  return { rule: rule.id, standing: standingOf(rule), ...judge(rule, state, asked) }
}

function judge(rule: ProfileRule, state: State, asked: Asked): Judged {
  if (asked.firmware === 'none') return { answer: 'outside', reasons: [NO_FIRMWARE], changes: [] }
  if (!state.concerns) return { answer: 'outside', reasons: [NOT_CONCERNED], changes: [] }
  const placing = placingOf(asked)
  const raw = byFirmware(rule, state, asked.released)
  const own = asked.supply.kind === 'placing' ? raw : spared(raw)
  if (rule.lastFreeDay === null) return { ...own, reasons: [NO_DAY, ...own.reasons] }
  return byDay(rule.lastFreeDay, placing, own, asked.asOf)
}

/** The day on which the units are placed: that of a placing itself, and of units made available the earlier one. */
export function placingDay({ kind, planned, actual, placed }: Asked['supply']): Day | null {
  return kind === 'placing' ? (actual ?? planned) : placed
}

function placingOf({ supply, asOf }: Asked): Placing {
  const day = placingDay(supply)
  if (day === null) return { known: 'nothing' }
  const happened = supply.kind === 'making-available' || supply.actual !== null
  if (day > asOf) return { known: 'planned', day }
  if (happened) return { known: supply.proof === null ? 'claimed' : 'proved', day }
  return { known: 'passed', day }
}

/** Many supplies ask about one firmware: what it means is found out once. */
const KNOWN = [new WeakMap<State, Judged>(), new WeakMap<State, Judged>()] as const

/** What the firmware alone would mean for units that the rule looks at. */
function byFirmware(rule: ProfileRule, state: State, released: boolean): Judged {
  const known = KNOWN[released ? 1 : 0]
  const judged = known.get(state) ?? ofFirmware(rule, state, released)
  known.set(state, judged)
  return judged
}

function ofFirmware(rule: ProfileRule, state: State, released: boolean): Judged {
  const unseen = released ? NO_EVIDENCE : NO_RELEASE
  if (!state.seen) return { answer: 'not-assessed', reasons: [unseen], changes: [HAND_IN_RELEASE] }
  const judged = byWhatWasSeen(rule, state)
  if (state.assessed) return judged
  return {
    answer: worstAnswer([judged.answer, 'not-assessed']),
    reasons: [...judged.reasons, unseen],
    changes: [...judged.changes, HAND_IN_RELEASE],
  }
}

function byWhatWasSeen(rule: ProfileRule, state: State): Judged {
  const where = (test: (one: Unsettled) => boolean) => state.unsettled.filter(test)
  const fails = where(({ verdict, weight }) => verdict === 'fail' && weight !== 'reading')
  const reading = where(({ verdict, weight }) => verdict === 'fail' && weight === 'reading')
  const contested = where(({ verdict }) => verdict === 'contested')
  const open = where(({ verdict }) => verdict === 'open')
  const failing = [...fails, ...reading]
  const rest = [...contested, ...open]
  return {
    answer:
      fails.length > 0
        ? standingOf(rule) === 'law'
          ? 'barred'
          : 'barred-as-reported'
        : state.unsettled.length > 0
          ? 'at-risk'
          : 'no-obstacle',
    reasons: [
      ...(fails.length > 0 ? [about('fails', fails)] : []),
      ...(reading.length > 0 ? [about('fails-by-reading', reading)] : []),
      ...(contested.length > 0 ? [about('contested', contested)] : []),
      ...(open.length > 0 ? [about('open', open)] : []),
      ...(state.unsettled.length === 0 ? [NOTHING_AGAINST] : []),
    ],
    changes: [
      ...(failing.length > 0 ? [betterRelease(failing)] : []),
      ...(rest.length > 0 ? [settle(rest)] : []),
      ...(fails.length > 0 && standingOf(rule) === 'reported' ? [OFFICIAL_TEXT] : []),
    ],
  }
}

/** A cut-off for placing bars no later supply; that the units should not have been placed puts it at risk. */
function spared(judged: Judged): Judged {
  return {
    ...judged,
    answer: softened(judged.answer, 'at-risk'),
    reasons: [MADE_AVAILABLE, ...judged.reasons],
  }
}

/** The better of an answer and the least that is left of it. */
function softened(answer: Answer, to: Answer): Answer {
  return rankOf(answer) < rankOf(to) ? to : answer
}

/**
 * Days. While the last free day is as far away as this, both from today and from the day of placing, a day that nothing proves yet
 * is taken as it is stated: a law of next year would else put every plan of this year at risk.
 */
const MARGIN = 60

function byDay(last: Day, placing: Placing, own: Judged, asOf: Day): Judged {
  const clear = rankOf(own.answer) >= rankOf('not-assessed')
  if (placing.known === 'nothing')
    return {
      answer: softened(own.answer, 'not-assessed'),
      reasons: [DATE_UNKNOWN, ...own.reasons],
      changes: own.answer === 'no-obstacle' ? own.changes : [STATE_DATE, ...own.changes],
    }
  const { known, day } = placing
  if (day > last)
    return {
      answer: own.answer,
      reasons: [placedAfter(day, last), ...own.reasons],
      changes: [
        ...own.changes,
        ...(known === 'planned' && asOf <= last && own.answer !== 'no-obstacle' ? [placeEarlier(last)] : []),
      ],
    }
  if (known === 'proved')
    return { answer: 'outside', reasons: [placedBefore('placed-before', day, last)], changes: [] }
  if (daysBetween(day > asOf ? day : asOf, last) >= MARGIN)
    return { answer: 'no-obstacle', reasons: [farBefore(day, last)], changes: [keepDate(last), PROVE_DATE] }
  switch (known) {
    case 'claimed':
    case 'passed':
      return {
        answer: softened(own.answer, 'not-assessed'),
        reasons: [
          known === 'passed' ? plannedPassed(day) : placedBefore('placed-before-unproved', day, last),
          ...own.reasons,
        ],
        changes: [PROVE_DATE, ...own.changes],
      }
    case 'planned':
      return {
        answer: softened(own.answer, 'at-risk'),
        reasons: [plannedBefore(day, last), ...own.reasons],
        changes: [...(clear ? [] : [keepDate(last)]), PROVE_DATE, ...own.changes],
      }
  }
}
