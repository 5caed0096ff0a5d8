import type { Language } from '@messlatte/model'
import type { Eligibility, Need, Plan, PlanRow } from '@messlatte/portfolio'
import { escapeInvisible } from '../result/visible-json.ts'
import type { PortfolioFile } from './read.ts'
import { PLAN_SCHEMA_ID } from './schema-id.ts'

/**
 * A plan as JSON, a row in a line: answers and codes as closed words, texts in one language; the same plan gives the same bytes.
 * Comes in pieces, since a plan of 60,000 rows has more than 100 MB.
 */
export function* writePlanJson(plan: Plan, file: PortfolioFile, language: Language): Generator<string> {
  const head = headJson(plan, file, language)
  const written = (value: unknown) => escapeInvisible(JSON.stringify(value))
  yield `${written(head).slice(0, -1)},\n"rows":[`
  let first = true
  for (const row of plan.rows) {
    yield `${first ? '' : ','}\n${written(rowJson(row, language))}`
    first = false
  }
  yield ']}\n'
}

function headJson(plan: Plan, file: PortfolioFile, language: Language) {
  return {
    schema: PLAN_SCHEMA_ID,
    asOf: plan.asOf,
    market: plan.market,
    language,
    rules: plan.rules.map(({ id, version, lastFreeDay, zone, title }) => ({
      id,
      version,
      title: title[language],
      lastFreeDay,
      zone,
    })),
    counts: plan.counts,
    tenders: plan.tenders.map(({ id, due, answer, rows }) => ({
      id,
      due,
      answer,
      rows: rows.map(({ supply }) => supply.row),
    })),
    leftOut: file.problems.map(({ row, cell, header, value, text }) => ({
      row,
      cell,
      header,
      value,
      text: text[language],
    })),
    unknownColumns: file.unknown,
  }
}

function rowJson(
  { supply, sku, variant, eligibility, pillars, needs, runningOut }: PlanRow,
  language: Language,
) {
  const { row, market, role, kind, planned, actual, placed, proof, batch, serials, quantity, stock } = supply
  return {
    row,
    article: sku.id,
    gtin: sku.gtin,
    brand: variant.brand,
    product: variant.product,
    model: variant.model,
    hardware: variant.hardware,
    firmware: variant.firmware,
    supply: { market, role, kind, planned, actual, placed, proof, batch, serials, quantity, stock },
    ...eligibilityJson(eligibility, language),
    pillars,
    missing: needs.map(needJson),
    runningOut,
    supportUntil: variant.supportUntil,
    tenders: supply.tenders,
  }
}

function eligibilityJson({ answer, rules, reasons, changes }: Eligibility, language: Language) {
  const told = (
    all: readonly {
      readonly code: string
      readonly text: { readonly [key in Language]: string }
      readonly about: readonly string[]
    }[],
  ) => all.map(({ code, text, about }) => ({ code, text: text[language], about }))
  return {
    answer,
    rules: rules.map((one) => ({
      rule: one.rule,
      standing: one.standing,
      answer: one.answer,
      reasons: told(one.reasons),
      changes: told(one.changes),
    })),
    reasons: told(reasons),
    changes: told(changes),
  }
}

function needJson({ module, what, states }: Need) {
  return {
    supplier: module.supplier,
    module: module.name,
    version: module.release.version,
    sha256: module.release.sha256,
    what,
    about: [...new Set(states.flatMap(({ unsettled }) => unsettled.map(({ id }) => id)))],
  }
}
