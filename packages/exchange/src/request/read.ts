import type { Claim, Text } from '@messlatte/model'
import { readDay } from '@messlatte/portfolio'
import { plainHeader } from '../portfolio/columns.ts'
import { serialDay, type Table, type TableRow } from '../portfolio/table.ts'

/** What a supplier wrote into a line of a request. */
export interface ReturnedAnswer {
  readonly row: number
  readonly key: string
  /** Null where the cell is empty. */
  readonly answer: Claim['support'] | null
  readonly detail: string
  /** Name of a file that came with it, without folders. */
  readonly file: string | null
  readonly issuer: string | null
  readonly until: string | null
}

export interface ReturnedSheet {
  readonly answers: readonly ReturnedAnswer[]
  readonly problems: readonly { readonly row: number; readonly text: Text }[]
}

/** Headers of the workbook of a request, as `messlatte request` writes them in both languages. */
export const ANSWER_HEADERS = {
  key: ['Key', 'Schlüssel'],
  answer: ['Your answer: Y, N or N/A', 'Ihre Antwort: Y, N oder N/A'],
  detail: ['Measures, or the reason', 'Maßnahmen oder der Grund'],
  file: ['File', 'Datei'],
  issuer: ['Issued by', 'Ausgestellt von'],
  until: ['Valid until', 'Gültig bis'],
} as const

type AnswerColumn = keyof typeof ANSWER_HEADERS

/** Undefined where it is no workbook of a request; lines without an answer are left out. */
export function readAnswers(table: Table): ReturnedSheet | undefined {
  const [head, ...body] = table.rows
  const headers = head?.cells.map(plainHeader) ?? []
  const at = (column: AnswerColumn) => {
    const names = ANSWER_HEADERS[column].map(plainHeader)
    return headers.findIndex((header) => names.includes(header))
  }
  if (at('key') < 0 || at('answer') < 0) return undefined
  const problems: { readonly row: number; readonly text: Text }[] = []
  const answers = body.flatMap((row): ReturnedAnswer[] => {
    const cell = (column: AnswerColumn) => cellOf(row, at(column))
    const said = supportOf(cell('answer'))
    const file = baseName(cell('file'))
    if (said === undefined) {
      problems.push({ row: row.number, text: NO_ANSWER })
      return []
    }
    const until = cell('until')
    const day = until === '' ? null : readDay(table.form === 'xlsx' ? serialDay(until) : until, 'UTC')
    if (day === undefined) problems.push({ row: row.number, text: NO_DAY })
    if (said === null && file === null && cell('detail') === '') return []
    return [
      {
        row: row.number,
        key: cell('key'),
        answer: said,
        detail: cell('detail'),
        file,
        issuer: cell('issuer') || null,
        until: day ?? null,
      },
    ]
  })
  return { answers, problems }
}

function cellOf({ cells }: TableRow, at: number): string {
  return at < 0 ? '' : (cells[at] ?? '').trim()
}

function supportOf(cell: string): Claim['support'] | null | undefined {
  switch (cell.toUpperCase().replaceAll(/[\s.]/g, '')) {
    case '':
      return null
    case 'Y':
    case 'YES':
    case 'J':
    case 'JA':
      return 'Y'
    case 'N':
    case 'NO':
    case 'NEIN':
      return 'N'
    case 'N/A':
    case 'NA':
      return 'N/A'
    default:
      return undefined
  }
}

/** A stranger's path is a name among the files that came along, and nothing else. */
function baseName(cell: string): string | null {
  const name = cell.split(/[/\\]/).at(-1)?.trim() ?? ''
  return name === '' ? null : name
}

const NO_ANSWER: Text = {
  en: 'the answer is none of Y, N, N/A',
  de: 'die Antwort ist weder Y noch N noch N/A',
}
const NO_DAY: Text = { en: 'the end of validity is no day', de: 'das Ende der Gültigkeit ist kein Tag' }
