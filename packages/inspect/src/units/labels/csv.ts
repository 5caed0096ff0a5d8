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

export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

const MOST_ROWS = 100_000
const MOST_CELLS = 64
const MOST_CELL = 512

/**
 * Rows of a table as RFC 4180 has it, and as spreadsheets of other countries write it: cells between commas, semicolons or tabs,
 * whichever the first line has most of. Empty lines are left out. @throws TableError
 */
export function readCsv(content: string): readonly CsvRow[] {
  const text = content.replace(/^\uFEFF/, '')
  const delimiter = delimiterOf(text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1))
  const rows: CsvRow[] = []
  let cells: string[] = []
  let line = 1
  let started = 1
  let at = 0
  while (at <= text.length) {
    const cell = text[at] === '"' ? quoted(text, at, line) : plain(text, at, delimiter)
    if (cell.value.length > MOST_CELL)
      throw new TableError(line, String(cells.length + 1), `holds more than ${MOST_CELL} characters`)
    cells.push(cell.value)
    if (cells.length > MOST_CELLS)
      throw new TableError(started, undefined, `has more than ${MOST_CELLS} columns`)
    line += cell.lines
    at = cell.end
    const next = text[at]
    if (next === delimiter) {
      at++
      continue
    }
    if (next === '\r' && text[at + 1] === '\n') at++
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r')
      throw new TableError(line, String(cells.length), 'goes on behind a closing quote')
    if (cells.some((value) => value !== '')) rows.push({ line: started, cells })
    if (rows.length > MOST_ROWS)
      throw new TableError(line, undefined, `there are more than ${MOST_ROWS} rows`)
    cells = []
    line++
    started = line
    at++
  }
  return rows
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

function quoted(text: string, start: number, line: number): Cell {
  let value = ''
  let from = start + 1
  for (;;) {
    const end = text.indexOf('"', from)
    if (end < 0) throw new TableError(line, undefined, 'a quote is opened and never closed')
    value += text.slice(from, end)
    if (text[end + 1] !== '"') return { value, end: end + 1, lines: value.split('\n').length - 1 }
    value += '"'
    from = end + 2
  }
}
