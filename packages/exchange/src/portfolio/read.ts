import type { Text } from '@messlatte/model'
import type { Portfolio } from '@messlatte/portfolio'
import { COLUMNS, type ColumnId, columnOf, isOwnHeader, isWrongColumn } from './columns.ts'
import { Maker } from './maker.ts'
import { type CellProblem, type ReadOptions, RowReader } from './row.ts'
import { supplyOf } from './supply.ts'
import { headOf, isSum, MOST_ROWS, type Table, type TableRow } from './table.ts'

export interface PortfolioFile {
  readonly portfolio: Portfolio
  readonly problems: readonly CellProblem[]
  /** Rows that were left out, with all their cells, to be handed back. */
  readonly broken: readonly TableRow[]
  readonly headers: readonly string[]
  /** Headers that no column goes by, or whose column stands there under its own name as well. */
  readonly unknown: readonly string[]
  /** Rows below the head, without those of sums. */
  readonly rows: number
}

/** A file that is no table of supplies at all. */
export class PortfolioError extends Error {
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.name = 'PortfolioError'
    this.text = text
  }
}

/** Reads supplies row by row. A row with a mistake is left out and told; it costs no other. @throws PortfolioError */
export function readPortfolio(table: Table, options: ReadOptions): PortfolioFile {
  const at = headOf(table.rows) ?? 0
  const head = table.rows[at]
  const body = table.rows.slice(at + 1).filter((row) => !isSum(row))
  const headers = head?.cells ?? []
  const columns = columnsOf(headers)
  if (!columns.has('role') && !columns.has('kind') && options.role === undefined)
    throw new PortfolioError({
      en: 'has neither a column Role nor a column Supply; say for all rows what you are, as with --role importer',
      de: 'hat weder eine Spalte Rolle noch eine Spalte Vorgang; für alle Zeilen sagt es etwa --role Einführer',
    })
  if (body.length > MOST_ROWS - 1)
    throw new PortfolioError({
      en: `has more than ${MOST_ROWS} rows; divide it`,
      de: `hat mehr als ${MOST_ROWS} Zeilen; bitte teilen`,
    })
  const made = new Maker()
  const problems: CellProblem[] = []
  const broken: TableRow[] = []
  for (const row of body) {
    const reader = new RowReader(table.form, headers, columns, row, options)
    if (row.broken) reader.wrongAt(row.broken.column - 1, row.broken.text)
    else supplyOf(reader, row.number, made, options)
    if (reader.problems.length === 0) continue
    problems.push(...reader.inOrder())
    broken.push(row)
  }
  return {
    portfolio: made.portfolio(),
    problems,
    broken,
    headers,
    unknown: headers.filter((header, at) => {
      const id = columnOf(header)
      return header !== '' && !isWrongColumn(header) && (id === undefined || columns.get(id) !== at)
    }),
    rows: body.length,
  }
}

function columnsOf(headers: readonly string[]): ReadonlyMap<ColumnId, number> {
  const found = new Map<ColumnId, number>()
  headers.forEach((header, at) => {
    const id = columnOf(header)
    if (id === undefined) return
    const before = found.get(id)
    const named = before !== undefined && isOwnHeader(headers[before] ?? '', id)
    if (before !== undefined && named === isOwnHeader(header, id))
      throw new PortfolioError({
        en: `two columns are the same: ${headers[before]} and ${header}; delete or rename one`,
        de: `zwei Spalten bedeuten dasselbe: ${headers[before]} und ${header}; eine löschen oder umbenennen`,
      })
    if (!named) found.set(id, at)
  })
  const lacking = COLUMNS.filter(({ id, required }) => required && !found.has(id)).map(({ title }) => title)
  if (lacking.length > 0)
    throw new PortfolioError({
      en: `has no column ${lacking.map(({ en }) => en).join(', ')}; messlatte plan --template shows the columns`,
      de: `hat keine Spalte ${lacking.map(({ de }) => de).join(', ')}; messlatte plan --template zeigt die Spalten`,
    })
  return found
}
