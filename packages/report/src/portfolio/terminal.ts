import type { Text } from '@messlatte/model'
import { ANSWERS, type Plan, type PlanRow, standingOf } from '@messlatte/portfolio'
import { day, whole } from '../figures.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import {
  answerWord,
  changeLines,
  deciding,
  needLine,
  productName,
  reasonLines,
  supplierLines,
  urgentRows,
} from './view.ts'
import {
  ANSWER_MEANINGS,
  ANSWER_SYMBOLS,
  ANSWER_TONES,
  CERTIFICATE_WORDS,
  KIND_WORDS,
  PLAN_WORDS as W,
} from './words.ts'

/** What a plan comes with: how its file was read. */
export interface PlanContext {
  /** Rows of the file below its head. */
  readonly rows: number
  readonly leftOut: readonly {
    readonly cell: string | null
    readonly row: number
    readonly header: string
    readonly value: string
    readonly text: Text
  }[]
  /** Headers that no column goes by. */
  readonly unknown: readonly string[]
  /** What was passed over among the results, and why. */
  readonly notes: readonly Text[]
}

const MOST_ROWS = 12
const MOST_LINES = 20
const MOST_PROBLEMS = 50

/** A plan for a terminal: the answers counted, then what needs something, by row, supplier and tender. Ends with a newline. */
export function renderPlan(plan: Plan, context: PlanContext, options: TerminalOptions): string {
  const sheet = new Sheet(options)
  writeHead(sheet, plan)
  writeLeftOut(sheet, context)
  writeCounts(sheet, plan)
  const urgent = urgentRows(plan)
  sheet.heading(`${sheet.say(W.rows)} (${whole(urgent.length, sheet.language)})`)
  if (urgent.length === 0) sheet.paragraph(sheet.say(W.noRows))
  sheet.list(urgent, MOST_ROWS, 2, (row) => writeRow(sheet, row))
  writeSuppliers(sheet, plan)
  writeTenders(sheet, plan)
  writeCertificates(sheet, plan)
  sheet.blank()
  sheet.paragraph(sheet.say(W.closing))
  return sheet.text()
}

function writeHead(sheet: Sheet, plan: Plan): void {
  sheet.paragraph(sheet.say(W.asked, { day: day(plan.asOf, sheet.language) }), 0, '', 'strong')
  sheet.field(sheet.say(W.market), plan.market ?? sheet.say(W.allMarkets), 0, 10)
  plan.rules.forEach((rule, at) => {
    const standing = sheet.say(W[standingOf(rule)])
    const last =
      rule.lastFreeDay === null
        ? sheet.say(W.noFreeDay)
        : sheet.say(W.lastFreeDay, { day: day(rule.lastFreeDay, sheet.language) })
    sheet.field(
      at === 0 ? sheet.say(W.rules) : '',
      `${rule.id}: ${rule.title[sheet.language]} (${standing}; ${last})`,
      0,
      10,
    )
  })
}

function writeLeftOut(sheet: Sheet, { leftOut, rows, unknown, notes }: PlanContext): void {
  if (unknown.length > 0) sheet.paragraph(sheet.say(W.ignored, { names: unknown.join(', ') }), 0, '', 'soft')
  for (const note of notes) sheet.paragraph(note[sheet.language], 2, '!')
  if (leftOut.length === 0) return
  const count = new Set(leftOut.map(({ row }) => row)).size
  sheet.heading(`${sheet.say(W.leftOut)} (${whole(count, sheet.language)})`)
  sheet.paragraph(
    sheet.say(W.leftOutLead, { count: whole(count, sheet.language), rows: whole(rows, sheet.language) }),
  )
  sheet.list(leftOut, MOST_PROBLEMS, 2, ({ cell, row, header, value, text }) =>
    sheet.paragraph(
      cell === null
        ? `${sheet.say(W.row)} ${row}: ${text[sheet.language]}`
        : `${header} “${value}”: ${text[sheet.language]}`,
      10,
      `  ${cell ?? ''}`,
    ),
  )
}

function writeCounts(sheet: Sheet, plan: Plan): void {
  sheet.heading(sheet.say(W.summary))
  for (const answer of ANSWERS) {
    const { rows, units } = plan.counts[answer]
    if (rows === 0) continue
    const figures = `${sheet.say(W.rowCount)} ${whole(rows, sheet.language)}, ${sheet.say(W.units)} ${whole(units, sheet.language)}`
    sheet.paragraph(
      `${answerWord(answer, sheet.language)}: ${figures}`,
      2,
      ANSWER_SYMBOLS[answer],
      ANSWER_TONES[answer],
    )
    sheet.paragraph(sheet.say(ANSWER_MEANINGS[answer]), 2, '', 'soft')
  }
}

function writeRow(sheet: Sheet, row: PlanRow): void {
  const { language } = sheet
  const { supply, sku, eligibility } = row
  const when = supply.planned ?? supply.actual
  sheet.blank()
  sheet.paragraph(
    `${sheet.say(W.row)} ${supply.row}: ${productName(row)}, ${sku.id}${supply.batch === null ? '' : `, ${sheet.say(W.batch)} ${supply.batch}`}, ${sheet.say(KIND_WORDS[supply.kind])} ${supply.market}${when === null ? '' : ` ${day(when, language)}`}`,
    2,
    ANSWER_SYMBOLS[eligibility.answer],
    'strong',
  )
  sheet.paragraph(answerWord(eligibility.answer, language), 2, '', ANSWER_TONES[eligibility.answer])
  const shown = deciding(eligibility)
  for (const line of reasonLines(shown, language)) sheet.paragraph(line, 4, '')
  for (const line of changeLines(shown, language)) sheet.paragraph(line, 6, '    →')
}

function writeSuppliers(sheet: Sheet, plan: Plan): void {
  const suppliers = supplierLines(plan)
  if (suppliers.length === 0) return
  sheet.heading(`${sheet.say(W.suppliers)} (${whole(suppliers.length, sheet.language)})`)
  sheet.list(suppliers, MOST_LINES, 2, ({ supplier, products, needs }) => {
    sheet.paragraph(
      `${supplier || sheet.say(W.unnamed)}: ${sheet.say(W.products)} ${whole(products, sheet.language)}`,
      2,
      '•',
      'strong',
    )
    sheet.list(needs, MOST_LINES, 4, (need) => sheet.paragraph(needLine(need, sheet), 4, ''))
  })
}

function writeTenders(sheet: Sheet, plan: Plan): void {
  const touched = plan.tenders.filter(({ answer }) => answer !== 'outside' && answer !== 'no-obstacle')
  if (touched.length === 0) return
  sheet.heading(`${sheet.say(W.tenders)} (${whole(touched.length, sheet.language)})`)
  sheet.list(touched, MOST_LINES, 2, ({ id, due, answer, rows }) => {
    const when = due === null ? '' : `, ${sheet.say(W.due)} ${day(due, sheet.language)}`
    sheet.paragraph(
      `${id}${when}: ${answerWord(answer, sheet.language)}, ${sheet.say(W.rowCount)} ${whole(rows.length, sheet.language)}`,
      2,
      ANSWER_SYMBOLS[answer],
    )
  })
}

function writeCertificates(sheet: Sheet, plan: Plan): void {
  const ending = new Map(
    plan.rows.flatMap(({ runningOut }) => runningOut.map((one) => [`${one.kind}\n${one.id}`, one] as const)),
  )
  if (ending.size === 0) return
  sheet.heading(`${sheet.say(W.certificates)} (${whole(ending.size, sheet.language)})`)
  const sorted = [...ending.values()].toSorted((a, b) =>
    (a.validUntil ?? '') < (b.validUntil ?? '') ? -1 : 1,
  )
  sheet.list(sorted, MOST_LINES, 2, ({ id, kind, validUntil }) =>
    sheet.paragraph(
      `${sheet.say(CERTIFICATE_WORDS[kind])} ${id}, ${sheet.say(W.until, { day: day(validUntil ?? '', sheet.language) })}`,
      2,
      '•',
    ),
  )
}
