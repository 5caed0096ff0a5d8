import type { Language, Text } from '@messlatte/model'
import {
  ANSWER_WORDS,
  type Answer,
  type AnswerReason,
  type Change,
  type Eligibility,
  type Market,
  type Need,
  type Plan,
  type PlanRow,
  worstAnswer,
} from '@messlatte/portfolio'
import { day } from '../figures.ts'
import { fill, type Values } from '../text.ts'
import { CERTIFICATE_WORDS, NEED_WORDS, PLAN_WORDS as W } from './words.ts'

/** Whoever speaks the language of a document. */
export interface Speaker {
  readonly language: Language
  say(text: Text, values?: Values): string
}

export function speaker(language: Language): Speaker {
  return { language, say: (text, values) => fill(text, language, values) }
}

export function answerWord(answer: Answer, language: Language): string {
  return ANSWER_WORDS[answer][language]
}

/** What decides: the rules whose answer is the answer. Pages show this; tables and JSON have all of it. */
export function deciding(eligibility: Eligibility): Eligibility {
  return {
    ...eligibility,
    rules: eligibility.rules.filter(({ answer }) => answer === eligibility.answer),
  }
}

/** Reasons of all rules, the rule in front of each, and those beside the rules; each once. */
export function reasonLines(eligibility: Eligibility, language: Language): readonly string[] {
  return lines(eligibility, language, ({ reasons }) => reasons)
}

export function changeLines(eligibility: Eligibility, language: Language): readonly string[] {
  return lines(eligibility, language, ({ changes }) => changes)
}

function lines(
  eligibility: Eligibility,
  language: Language,
  of: (one: {
    readonly reasons: readonly AnswerReason[]
    readonly changes: readonly Change[]
  }) => readonly { readonly text: Text }[],
): readonly string[] {
  const rules = new Map<string, string[]>()
  for (const rule of eligibility.rules)
    for (const { text } of of(rule)) {
      const said = text[language]
      rules.set(said, [...(rules.get(said) ?? []), rule.rule])
    }
  return [
    ...of(eligibility).map(({ text }) => text[language]),
    ...[...rules].map(([said, ids]) => `${ids.join(', ')}: ${said}`),
  ]
}

const MOST_IDS = 12

/** What a supplier owes for a module, in one line. */
export function needLine(need: Need, speak: Speaker): string {
  const ids = [...new Set(need.states.flatMap(({ unsettled }) => unsettled.map(({ id }) => id)))]
  const more = ids.length - MOST_IDS
  const shown = ids.slice(0, MOST_IDS).join(', ')
  const what = speak.say(NEED_WORDS[need.what], { ids: more > 0 ? `${shown} (+${more})` : shown })
  return `${need.module.supplier || speak.say(W.unnamed)}, ${need.module.name}: ${what}`
}

export function runningOutLines({ runningOut }: PlanRow, speak: Speaker): readonly string[] {
  return runningOut.map(
    ({ id, kind, validUntil }) =>
      `${speak.say(CERTIFICATE_WORDS[kind])} ${id}, ${speak.say(W.until, { day: day(validUntil ?? '', speak.language) })}`,
  )
}

/** What a person calls a product. */
export function productName({ variant }: Pick<PlanRow, 'variant'>): string {
  const name = variant.product === variant.model ? variant.model : `${variant.product} ${variant.model}`
  return [variant.brand, name, variant.hardware ?? ''].filter((part) => part !== '').join(' ')
}

/** A row of the heat map: a product that goes to a market, and its worst answer under each rule. */
export interface HeatRow {
  readonly product: string
  readonly market: Market
  /** By rule. */
  readonly answers: ReadonlyMap<string, Answer>
  readonly answer: Answer
  readonly rows: number
  readonly units: number
}

/** Worst first, then by name. */
export function heatRows(plan: Plan): readonly HeatRow[] {
  const found = new Map<string, { readonly first: PlanRow; readonly rows: PlanRow[] }>()
  for (const row of plan.rows) {
    const key = `${row.supply.market}\n${productName(row)}`
    const known = found.get(key)
    if (known) known.rows.push(row)
    else found.set(key, { first: row, rows: [row] })
  }
  const heat = [...found.values()].map(({ first, rows }): HeatRow => {
    const answers = new Map<string, Answer>()
    for (const { eligibility } of rows)
      for (const { rule, answer } of eligibility.rules)
        answers.set(rule, worstAnswer([answer, answers.get(rule) ?? answer]))
    return {
      product: productName(first),
      market: first.supply.market,
      answers,
      answer: worstAnswer(rows.map(({ eligibility }) => eligibility.answer)),
      rows: rows.length,
      units: rows.reduce((sum, { supply }) => sum + (supply.quantity ?? supply.stock ?? 0), 0),
    }
  })
  return heat.toSorted(
    (a, b) =>
      ORDER.indexOf(a.answer) - ORDER.indexOf(b.answer) ||
      compare(a.product, b.product) ||
      compare(a.market, b.market),
  )
}

/** Rows that a person has to do something about, worst first and then by date. */
export function urgentRows(plan: Plan): readonly PlanRow[] {
  return plan.rows
    .filter(({ eligibility }) => eligibility.answer !== 'outside' && eligibility.answer !== 'no-obstacle')
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.eligibility.answer) - ORDER.indexOf(b.eligibility.answer) ||
        compare(dateOf(a), dateOf(b)) ||
        a.supply.row - b.supply.row,
    )
}

function dateOf({ supply }: PlanRow): string {
  return supply.planned ?? supply.actual ?? '9999'
}

const ORDER = Object.keys(ANSWER_WORDS) as readonly Answer[]

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export interface SupplierLine {
  readonly supplier: string
  readonly modules: readonly string[]
  readonly products: number
  readonly needs: readonly Need[]
}

/** What is missing from each supplier; one answer for a module serves all products that carry it. */
export function supplierLines(plan: Plan): readonly SupplierLine[] {
  const found = new Map<string, { products: Set<string>; needs: Map<string, Need> }>()
  for (const row of plan.rows)
    for (const need of row.needs) {
      const { supplier } = need.module
      const known = found.get(supplier) ?? { products: new Set<string>(), needs: new Map<string, Need>() }
      known.products.add(productName(row))
      known.needs.set(need.module.id, need)
      found.set(supplier, known)
    }
  return [...found]
    .map(([supplier, { products, needs }]) => ({
      supplier,
      modules: [...new Set([...needs.values()].map(({ module }) => module.name))].toSorted(compare),
      products: products.size,
      needs: [...needs.values()],
    }))
    .toSorted((a, b) => b.products - a.products || compare(a.supplier, b.supplier))
}
