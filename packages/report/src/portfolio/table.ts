import type { Language } from '@messlatte/model'
import type { Plan, PlanRow } from '@messlatte/portfolio'
import { day } from '../figures.ts'
import { PILLAR_WORDS, PILLARS, VERDICT_WORDS } from '../words.ts'
import {
  answerWord,
  changeLines,
  needLine,
  reasonLines,
  runningOutLines,
  type Speaker,
  speaker,
} from './view.ts'
import { KIND_WORDS, ROLE_WORDS, PLAN_WORDS as W } from './words.ts'

/** A plan as a table for spreadsheets: one line for each row of the file, in its order. */
export interface PlanTable {
  readonly name: string
  readonly widths: readonly number[]
  /** The head first; made one by one, since there may be 100,000s. */
  readonly rows: Iterable<readonly string[]>
}

export function planTable(plan: Plan, language: Language): PlanTable {
  const speak = speaker(language)
  const rules = plan.rules.map(({ id }) => id)
  const columns: readonly (readonly [title: string, width: number, cell: (row: PlanRow) => string])[] = [
    [speak.say(W.row), 7, ({ supply }) => String(supply.row)],
    [speak.say(W.article), 16, ({ sku }) => sku.id],
    [speak.say(W.gtin), 16, ({ sku }) => sku.gtin ?? ''],
    [speak.say(W.brand), 14, ({ variant }) => variant.brand],
    [speak.say(W.product), 24, ({ variant }) => variant.product],
    [speak.say(W.model), 16, ({ variant }) => variant.model],
    [speak.say(W.hardware), 12, ({ variant }) => variant.hardware ?? ''],
    [speak.say(W.market), 8, ({ supply }) => supply.market],
    [speak.say(W.role), 16, ({ supply }) => (supply.role === null ? '' : speak.say(ROLE_WORDS[supply.role]))],
    [speak.say(W.kind), 18, ({ supply }) => speak.say(KIND_WORDS[supply.kind])],
    [speak.say(W.planned), 12, ({ supply }) => supply.planned ?? ''],
    [speak.say(W.actual), 12, ({ supply }) => supply.actual ?? ''],
    [speak.say(W.placed), 12, ({ supply }) => supply.placed ?? ''],
    [speak.say(W.proof), 20, ({ supply }) => supply.proof ?? ''],
    [speak.say(W.batch), 14, ({ supply }) => supply.batch ?? ''],
    [speak.say(W.serials), 20, ({ supply }) => supply.serials ?? ''],
    [speak.say(W.quantity), 9, ({ supply }) => String(supply.quantity ?? '')],
    [speak.say(W.stock), 9, ({ supply }) => String(supply.stock ?? '')],
    [speak.say(W.answer), 22, ({ eligibility }) => answerWord(eligibility.answer, language)],
    ...rules.map(
      (rule) =>
        [speak.say(W.under, { rule }), 22, (row: PlanRow) => answerUnder(row, rule, language)] as const,
    ),
    [speak.say(W.reasons), 70, ({ eligibility }) => reasonLines(eligibility, language).join('\n')],
    [speak.say(W.changes), 60, ({ eligibility }) => changeLines(eligibility, language).join('\n')],
    ...PILLARS.map(
      (pillar) =>
        [
          speak.say(PILLAR_WORDS[pillar]),
          16,
          ({ pillars }: PlanRow) => speak.say(VERDICT_WORDS[pillars[pillar]]),
        ] as const,
    ),
    [speak.say(W.missing), 60, ({ needs }) => needs.map((need) => needLine(need, speak)).join('\n')],
    [speak.say(W.runningOut), 30, (row) => runningOutLines(row, speak).join('\n')],
    [speak.say(W.support), 14, ({ variant }) => variant.supportUntil ?? ''],
    [speak.say(W.tender), 18, ({ supply }) => supply.tenders.map(({ id }) => id).join('\n')],
    [speak.say(W.due), 14, (row) => dueLines(row, speak)],
  ]
  return {
    name: speak.say(W.title),
    widths: columns.map(([, width]) => width),
    rows: {
      *[Symbol.iterator]() {
        yield columns.map(([title]) => title)
        for (const row of plan.rows) yield columns.map(([, , cell]) => cell(row))
      },
    },
  }
}

function answerUnder({ eligibility }: PlanRow, rule: string, language: Language): string {
  const found = eligibility.rules.find((one) => one.rule === rule)
  return found ? answerWord(found.answer, language) : ''
}

function dueLines({ supply }: PlanRow, { language }: Speaker): string {
  return supply.tenders.map(({ due }) => (due === null ? '' : day(due, language))).join('\n')
}
