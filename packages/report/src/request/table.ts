import type { Language } from '@messlatte/model'
import type { RequestLine, SupplierRequest } from '@messlatte/portfolio'
import { speaker } from '../portfolio/view.ts'
import { VERDICT_WORDS } from '../words.ts'
import { closingLines, formWords } from './paper.ts'
import { REQUEST_WORDS as W } from './words.ts'

/** Columns of a request's workbook, in order; those from `answer` on are filled in by the supplier. */
export const REQUEST_COLUMNS = [
  'key',
  'supplierName',
  'moduleName',
  'version',
  'rule',
  'number',
  'asks',
  'state',
  'why',
  'closes',
  'forms',
  'before',
  'productNames',
  'answer',
  'detail',
  'file',
  'issuer',
  'until',
] as const

const WIDTHS: Readonly<Record<(typeof REQUEST_COLUMNS)[number], number>> = {
  key: 14,
  supplierName: 22,
  moduleName: 14,
  version: 12,
  rule: 14,
  number: 10,
  asks: 50,
  state: 16,
  why: 50,
  closes: 60,
  forms: 40,
  before: 14,
  productNames: 40,
  answer: 14,
  detail: 50,
  file: 26,
  issuer: 22,
  until: 14,
}

/** A request as the sheet that comes back filled in. */
export function requestTable(request: SupplierRequest, language: Language) {
  const say = speaker(language)
  const cell = (line: RequestLine, column: (typeof REQUEST_COLUMNS)[number]): string => {
    switch (column) {
      case 'key':
        return line.key
      case 'supplierName':
        return line.module.supplier
      case 'moduleName':
        return line.module.name
      case 'version':
        return line.module.release.version ?? ''
      case 'rule':
        return line.rule ?? ''
      case 'number':
        return line.rule === null ? '' : line.id
      case 'asks':
        return line.title?.[language] ?? say.say(W.releaseTitle)
      case 'state':
        return line.verdict === null ? '' : say.say(VERDICT_WORDS[line.verdict])
      case 'why':
        return [...new Set(line.reasons.map((text) => text[language]))].join('\n')
      case 'closes':
        return closingLines(line, say).join('\n')
      case 'forms':
        return formWords(line, say)
      case 'before':
        return line.by ?? ''
      case 'productNames':
        return line.products.join('\n')
      case 'answer':
      case 'detail':
      case 'file':
      case 'issuer':
      case 'until':
        return ''
    }
  }
  return {
    name: say.say(W.sheet),
    widths: REQUEST_COLUMNS.map((column) => WIDTHS[column]),
    rows: [
      REQUEST_COLUMNS.map((column) => say.say(W[column])),
      ...request.lines.map((line) => REQUEST_COLUMNS.map((column) => cell(line, column))),
    ],
  }
}
