import type { CheckResult, Pillar, Verdict } from '@messlatte/model'
import { columnName, columnsOf } from '../view/columns.ts'
import { PILLAR_WORDS, PILLARS, VERDICTS, WORDS } from '../words.ts'
import type { Sheet } from './sheet.ts'
import { columnsWide } from './wrap.ts'

const MOST_REASONS = 3
const NAME = 12

export function writePillars(sheet: Sheet, result: CheckResult): void {
  sheet.heading(sheet.say(WORDS.pillars))
  const columns = columnsOf(result)
  const widths = [labelWidth(sheet), ...columns.map(() => verdictWidth(sheet))]
  const sideBySide = widths.reduce((sum, it) => sum + it) <= sheet.width
  if (sideBySide) {
    sheet.row([{ text: '' }, ...columns.map((it) => ({ text: columnName(it, sheet.language) }))], widths)
  }
  for (const pillar of PILLARS) {
    const name = { text: sheet.say(PILLAR_WORDS[pillar]), style: 'strong' } as const
    const verdicts = columns.map((column) => result.assessment.pillars[column]?.[pillar].verdict ?? 'open')
    const cells = verdicts.map((verdict) => ({ text: sheet.verdict(verdict), style: verdict }))
    sheet.row(sideBySide ? [name, ...cells] : [name], widths)
    if (!sideBySide) {
      columns.forEach((column, i) => {
        sheet.field(columnName(column, sheet.language), cells[i]?.text ?? '', 2, NAME, cells[i]?.style)
      })
    }
    writeReasons(sheet, result, pillar)
  }
}

function writeReasons(sheet: Sheet, result: CheckResult, pillar: Pillar): void {
  const results = columnsOf(result).flatMap((column) => result.assessment.pillars[column]?.[pillar] ?? [])
  const sentences = results.flatMap((it) => it.reasons.map((reason) => reason.text[sheet.language]))
  sheet.list([...new Set(sentences)], MOST_REASONS, 4, (sentence) => sheet.paragraph(sentence, 4, '', 'soft'))
}

function labelWidth(sheet: Sheet): number {
  return Math.max(...PILLARS.map((it) => columnsWide(sheet.say(PILLAR_WORDS[it])))) + 3
}

function verdictWidth(sheet: Sheet): number {
  const width = (verdict: Verdict) => columnsWide(sheet.verdict(verdict))
  return Math.max(...VERDICTS.map(width)) + 3
}
