/** What keeps a row from being a row. */
export type CsvProblem = 'unclosed-quote' | 'behind-quote' | 'long-cell' | 'many-columns'

export interface CsvRow {
  /** On which it begins; the first is 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** The cells are those in front of it. */
  readonly problem?: {
    readonly code: CsvProblem
    /** Where it was seen; the first column is 1. */
    readonly line: number
    readonly column: number
    /** The line from the broken cell on, as it stands there. */
    readonly rest: string
  }
}

export interface CsvBounds {
  readonly rows: number
  readonly columns: number
  /** Characters of a cell. */
  readonly cell: number
}

/**
 * Rows of a table as RFC 4180 has it, and as spreadsheets of other countries write it: cells between commas, semicolons or tabs,
 * whichever the first line has most of. Empty lines are left out. A row with a problem costs its own line and no other. Ends
 * with one row more than `bounds.rows` where there are more.
 */
export function* csvRows(content: string, bounds: CsvBounds): Generator<CsvRow> {
  const text = content.replace(/^\uFEFF/, '')
  const delimiter = delimiterOf(text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1))
  let [at, line, rows] = [0, 1, 0]
  while (at <= text.length && rows <= bounds.rows) {
    const row = rowAt(text, at, line, delimiter, bounds)
    if (row.problem || row.cells.some((value) => value !== '')) {
      rows++
      yield { line, cells: row.cells, ...(row.problem && { problem: row.problem }) }
    }
    at = row.end
    line += row.lines
  }
}

interface Row extends Omit<CsvRow, 'line'> {
  /** Where the next one begins, and how many lines it lies below. */
  readonly end: number
  readonly lines: number
}

function rowAt(text: string, start: number, first: number, delimiter: string, bounds: CsvBounds): Row {
  const cells: string[] = []
  let [at, lines] = [start, 0]
  const broken = (code: CsvProblem): Row => {
    const found = text.slice(start).search(/\n|\r(?!\n)/)
    const end = found < 0 ? text.length : start + found
    const rest = text.slice(Math.min(at, end), end).replace(/\r$/, '')
    return {
      cells,
      problem: { code, line: first + lines, column: cells.length + 1, rest },
      end: end + 1,
      lines: 1,
    }
  }
  for (;;) {
    const cell = text[at] === '"' ? quoted(text, at, bounds.cell) : plain(text, at, delimiter)
    if (cell === 'unclosed') return broken('unclosed-quote')
    if (cell === 'long' || cell.value.length > bounds.cell) return broken('long-cell')
    if (cells.length >= bounds.columns) return broken('many-columns')
    lines += cell.lines
    at = cell.end
    const next = text[at]
    if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r')
      return broken('behind-quote')
    cells.push(cell.value)
    if (next === delimiter) {
      at++
      continue
    }
    if (next === '\r' && text[at + 1] === '\n') at++
    return { cells, end: at + 1, lines: lines + 1 }
  }
}

function delimiterOf(head: string): string {
  const count = (delimiter: string) => head.split(delimiter).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

interface Cell {
  readonly value: string
  readonly end: number
  readonly lines: number
}

function plain(text: string, start: number, delimiter: string): Cell {
  let end = start
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(start, end).trim(), end, lines: 0 }
}

/** Looks no farther than a cell may be long, so that many open quotes cost no more than their rows. */
function quoted(text: string, start: number, most: number): Cell | 'unclosed' | 'long' {
  let value = ''
  let from = start + 1
  for (;;) {
    const window = text.slice(from, from + most + 1)
    const found = window.indexOf('"')
    if (found < 0) return from + window.length >= text.length ? 'unclosed' : 'long'
    const end = from + found
    value += text.slice(from, end)
    if (value.length > most) return 'long'
    if (text[end + 1] !== '"') return { value, end: end + 1, lines: value.split('\n').length - 1 }
    value += '"'
    from = end + 2
  }
}
