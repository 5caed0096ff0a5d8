import { type CsvProblem, csvRows } from '@messlatte/bytes'
import type { Text } from '@messlatte/model'
import { withoutApostrophe } from '../csv/write.ts'
import type { WorkbookSheet } from '../xlsx/read-workbook.ts'
import { COLUMNS, columnOf } from './columns.ts'

/** A row as it stands in the file. */
export interface TableRow {
  /** As the program that shows the file counts them: the first is 1. In CSV the line. */
  readonly number: number
  readonly cells: readonly string[]
  /** What keeps it from being read at all. */
  readonly broken?: { readonly column: number; readonly text: Text }
}

/** A table of a spreadsheet, its head first. */
export interface Table {
  readonly form: 'csv' | 'xlsx'
  readonly rows: readonly TableRow[]
  /** In a workbook: the sheet that it is, and others that could be meant as well. */
  readonly sheet?: { readonly name: string; readonly others: readonly string[] }
}

export const MOST_ROWS = 200_000
const BOUNDS = { rows: MOST_ROWS, columns: 200, cell: 2000 }

const SAY: Readonly<Record<CsvProblem, Text>> = {
  'unclosed-quote': {
    en: 'a quote is opened and never closed',
    de: 'ein Anführungszeichen wird geöffnet und nicht geschlossen',
  },
  'behind-quote': {
    en: 'goes on behind a closing quote; a quote was opened and not closed',
    de: 'geht hinter einem schließenden Anführungszeichen weiter; eines wurde geöffnet und nicht geschlossen',
  },
  'long-cell': {
    en: `holds more than ${BOUNDS.cell} characters`,
    de: `enthält mehr als ${BOUNDS.cell} Zeichen`,
  },
  'many-columns': {
    en: `has more than ${BOUNDS.columns} columns`,
    de: `hat mehr als ${BOUNDS.columns} Spalten`,
  },
}

export function csvTable(bytes: Uint8Array): Table {
  const rows: TableRow[] = []
  for (const { line, cells, problem } of csvRows(decoded(bytes), BOUNDS))
    rows.push({
      number: line,
      cells: [...cells.map(withoutApostrophe), ...(problem ? [problem.rest] : [])],
      ...(problem && { broken: { column: problem.column, text: SAY[problem.code] } }),
    })
  return { form: 'csv', rows }
}

/** The first sheet that has a head of a portfolio, one that people see before one that is hidden; else the first of all. */
export function sheetTable(sheets: readonly WorkbookSheet[]): Table {
  const tables = [...sheets.filter(({ hidden }) => !hidden), ...sheets.filter(({ hidden }) => hidden)].map(
    ({ rows, name }): Table => ({
      form: 'xlsx',
      sheet: { name, others: [] },
      rows: rows.map(({ number, cells }) => {
        const dense: string[] = []
        for (const { column, text } of cells) {
          while (dense.length < column) dense.push('')
          dense.push(text)
        }
        return { number, cells: dense }
      }),
    }),
  )
  const [meant, ...others] = tables.filter(({ rows }) => headOf(rows) !== undefined)
  const name = meant?.sheet?.name
  if (!meant || name === undefined) return tables[0] ?? { form: 'xlsx', rows: [] }
  return { ...meant, sheet: { name, others: others.flatMap(({ sheet }) => sheet?.name ?? []) } }
}

/** Titles and notes stand above many tables: rows in which a head is looked for. */
const MOST_ABOVE = 20

/** Sums stand below many tables, and are no article. */
export function isSum({ cells }: TableRow): boolean {
  const first = cells.find((cell) => cell.trim() !== '') ?? ''
  return /^(?:gesamt|summe|gesamtsumme|zwischensumme|total|sum|subtotal|grand total)$/i.test(
    first.trim().replace(/\s*:$/, ''),
  )
}

/** Where the head stands: of the first rows that have all columns that are needed and one more, the one that has most. */
export function headOf(rows: readonly TableRow[]): number | undefined {
  const needed = COLUMNS.filter(({ required }) => required).map(({ id }) => id)
  const found = rows.slice(0, MOST_ABOVE).map(({ cells }, at) => {
    const ids = new Set(cells.map(columnOf).filter((id) => id !== undefined))
    return { at, known: needed.every((id) => ids.has(id)) ? ids.size : 0 }
  })
  return found
    .filter(({ known }) => known > needed.length)
    .toSorted((a, b) => b.known - a.known || a.at - b.at)[0]?.at
}

/** UTF-8, UTF-16 by its mark, else Windows-1252: spreadsheets in German write all three. */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A day as workbooks store it: days since 30 December 1899 (ECMA-376, 18.17.4.1, the 1900 date base system). */
export function serialDay(cell: string): string {
  if (!/^\d{5}(?:\.\d+)?$/.test(cell)) return cell
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(cell)) * 86_400_000).toISOString().slice(0, 10)
}
