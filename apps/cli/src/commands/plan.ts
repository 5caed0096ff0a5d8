import { brokenRows, templateRows, writeCsv, writePlanJson, writeWorkbook } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import { type PlanContext, planTable, renderPlan, renderPlanHtml } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { output } from '../output.ts'
import { type Loaded, loadPlan, type PortfolioFlags } from '../portfolio/load.ts'
import { terminalOptions } from '../terminal.ts'

export interface PlanFlags extends PortfolioFlags {
  readonly template?: string | true
  readonly csv?: string
  readonly xlsx?: string
  readonly json?: string
  readonly html?: string
  readonly errors?: string
  readonly quiet: boolean
}

/** 0 every row was read and none is barred, 1 one is barred or was left out. */
export function planCommand(path: string | undefined, flags: PlanFlags): number {
  if (flags.template !== undefined)
    return writeTemplate(flags.template === true ? '-' : flags.template, flags.lang)
  if (path === undefined)
    throw new CliError('bad-option', {
      en: 'plan: name the file of the portfolio; messlatte plan --template makes one',
      de: 'plan: die Datei des Portfolios nennen; messlatte plan --template legt eine an',
    })
  const loaded = loadPlan(path, flags)
  const { plan, file } = loaded
  const { lang } = flags
  const context = contextOf(loaded)
  if (flags.json !== undefined) output(flags.json, writePlanJson(plan, file, lang))
  if (flags.csv !== undefined) output(flags.csv, writeCsv(planTable(plan, lang).rows, delimiterOf(lang)))
  if (flags.xlsx !== undefined) output(flags.xlsx, writeWorkbook([planTable(plan, lang)]))
  if (flags.html !== undefined) output(flags.html, renderPlanHtml(plan, context, lang))
  if (flags.errors !== undefined && file.broken.length > 0)
    writeTable(flags.errors, brokenRows(file, lang), lang)
  if (!flags.quiet && ![flags.json, flags.csv, flags.xlsx, flags.html, flags.errors].includes('-'))
    process.stdout.write(renderPlan(plan, context, terminalOptions(lang)))
  const barred = plan.counts.barred.rows + plan.counts['barred-as-reported'].rows
  return barred > 0 || file.broken.length > 0 ? 1 : 0
}

function contextOf({ file, notes }: Loaded): PlanContext {
  return { rows: file.rows, leftOut: file.problems, unknown: file.unknown, notes }
}

/** German spreadsheets part columns by semicolons. */
function delimiterOf(language: Language): ',' | ';' {
  return language === 'de' ? ';' : ','
}

function writeTable(path: string, rows: readonly (readonly string[])[], language: Language): void {
  output(
    path,
    path.endsWith('.xlsx')
      ? writeWorkbook([{ name: 'Portfolio', rows, widths: (rows[0] ?? []).map(() => 18) }])
      : writeCsv(rows, delimiterOf(language)),
  )
}

/** A workbook has a second sheet that says what belongs in each column. */
function writeTemplate(path: string, language: Language): number {
  const { head, help } = templateRows(language)
  if (!path.endsWith('.xlsx')) {
    output(path, writeCsv([head], delimiterOf(language)))
    return 0
  }
  const said = language === 'de' ? ['Spalte', 'Inhalt', ''] : ['Column', 'Content', '']
  output(
    path,
    writeWorkbook([
      { name: 'Portfolio', rows: [head], widths: head.map(() => 20) },
      { name: language === 'de' ? 'Hilfe' : 'Help', rows: [said, ...help], widths: [34, 80, 10] },
    ]),
  )
  return 0
}
