import { type CsvProblem, type CsvRow, csvRows } from '@messlatte/bytes'

/** Where in a table something is wrong. Lines and columns count from 1. */
export class TableError extends Error {
  readonly line: number
  readonly column: string | undefined
  constructor(line: number, column: string | undefined, problem: string) {
    super(`line ${line}${column === undefined ? '' : `, column ${column}`}: ${problem}`)
    this.name = 'TableError'
    this.line = line
    this.column = column
  }
}

const BOUNDS = { rows: 100_000, columns: 64, cell: 512 }

/** All rows of a table of labels: one unit more or less would change what it shows. @throws TableError */
export function readCsv(content: string): readonly CsvRow[] {
  const rows: CsvRow[] = []
  for (const row of csvRows(content, BOUNDS)) {
    if (row.problem) throw problemOf(row.problem)
    rows.push(row)
    if (rows.length > BOUNDS.rows)
      throw new TableError(row.line, undefined, `there are more than ${BOUNDS.rows} rows`)
  }
  return rows
}

function problemOf({ code, line, column }: NonNullable<CsvRow['problem']>): TableError {
  const SAY: Readonly<Record<CsvProblem, string>> = {
    'unclosed-quote': 'a quote is opened and never closed',
    'behind-quote': 'goes on behind a closing quote',
    'long-cell': `holds more than ${BOUNDS.cell} characters`,
    'many-columns': `has more than ${BOUNDS.columns} columns`,
  }
  const whole = code === 'unclosed-quote' || code === 'many-columns'
  return new TableError(line, whole ? undefined : String(column), SAY[code])
}
