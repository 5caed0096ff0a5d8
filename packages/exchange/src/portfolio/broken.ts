import type { Language } from '@messlatte/model'
import { isWrongColumn, WRONG } from './columns.ts'
import type { PortfolioFile } from './read.ts'

/**
 * The rows that were left out, with all their cells, and behind them what is wrong with each: to be mended and read again. The
 * rows that were read are not in it.
 */
export function brokenRows(
  { headers, broken, problems }: PortfolioFile,
  language: Language,
): readonly (readonly string[])[] {
  const kept = headers.map((header, at) => ({ header, at })).filter(({ header }) => !isWrongColumn(header))
  const said = new Map<number, string[]>()
  for (const { row, cell, header, text } of problems) {
    const where = [cell, header].filter((part) => part !== null && part !== '').join(' ')
    said.set(row, [...(said.get(row) ?? []), where === '' ? text[language] : `${where}: ${text[language]}`])
  }
  return [
    [...kept.map(({ header }) => header), WRONG[language]],
    ...broken.map(({ number, cells }) => [
      ...kept.map(({ at }) => cells[at] ?? ''),
      (said.get(number) ?? []).join('; '),
    ]),
  ]
}
