import type { Text } from '@messlatte/model'
import { type Day, type Market, type MarketRole, readDay } from '@messlatte/portfolio'
import { letters } from '../xlsx/workbook.ts'
import type { ColumnId } from './columns.ts'
import { IN_FUTURE, NO_DAY } from './problems.ts'
import { serialDay, type Table, type TableRow } from './table.ts'

/** What is wrong with a cell. */
export interface CellProblem {
  /** Of the file, the first is 1. */
  readonly row: number
  /** As spreadsheets name it: `C17`; null where the row as a whole is wrong. */
  readonly cell: string | null
  /** Header of its column. */
  readonly header: string
  /** What stands there, at most 60 characters. */
  readonly value: string
  readonly text: Text
}

export interface ReadOptions {
  /** The market of rows that name none. */
  readonly market: Market
  /** What is said to have happened may not lie behind it. */
  readonly asOf: Day
  /** The role in rows that name neither a role nor a kind of supply. */
  readonly role?: MarketRole
}

const DAYS: readonly ColumnId[] = ['planned', 'actual', 'placed', 'certificateUntil', 'supportUntil', 'due']

/** One row: its cells by what they hold, and what is wrong with them. */
export class RowReader {
  readonly problems: CellProblem[] = []
  readonly #form: Table['form']
  readonly #headers: readonly string[]
  readonly #columns: ReadonlyMap<ColumnId, number>
  readonly #row: TableRow
  readonly #options: ReadOptions

  constructor(
    form: Table['form'],
    headers: readonly string[],
    columns: ReadonlyMap<ColumnId, number>,
    row: TableRow,
    options: ReadOptions,
  ) {
    this.#form = form
    this.#headers = headers
    this.#columns = columns
    this.#row = row
    this.#options = options
  }

  has(id: ColumnId): boolean {
    return this.#columns.has(id)
  }

  /** Null where the cell is empty or there is no such column. */
  text(id: ColumnId): string | null {
    const at = this.#columns.get(id)
    const cell = at === undefined ? '' : (this.#row.cells[at] ?? '').trim()
    return cell === '' ? null : cell
  }

  /** Values of a cell, or of several cells that belong together, one behind the other. */
  list(id: ColumnId): readonly string[] {
    return (
      this.text(id)
        ?.split('|')
        .map((one) => one.trim()) ?? []
    )
  }

  read<Value>(id: ColumnId, reader: (cell: string) => Value | undefined, wanted: Text): Value | null {
    const cell = this.text(id)
    if (cell === null) return null
    const value = reader(cell)
    if (value !== undefined) return value
    this.wrong(id, wanted)
    return null
  }

  day(id: ColumnId, zone: string, cell = this.text(id)): Day | null {
    if (cell === null || cell === '') return null
    const day = readDay(this.#form === 'xlsx' ? serialDay(cell) : cell, zone)
    if (day !== undefined) return day
    this.wrong(id, NO_DAY)
    return null
  }

  past(id: ColumnId, zone: string): Day | null {
    const day = this.day(id, zone)
    if (day === null || day <= this.#options.asOf) return day
    this.wrong(id, IN_FUTURE)
    return null
  }

  /** As they stand in the row, from the left. */
  inOrder(): readonly CellProblem[] {
    const length = ({ cell }: CellProblem) => cell?.length ?? 0
    return this.problems.toSorted(
      (a, b) => length(a) - length(b) || ((a.cell ?? '') < (b.cell ?? '') ? -1 : a.cell === b.cell ? 0 : 1),
    )
  }

  wrong(id: ColumnId, text: Text): void {
    const at = this.#columns.get(id)
    if (at !== undefined) this.wrongAt(at, text)
    // What lies in no column is wrong with the row as a whole.
    else this.problems.push({ row: this.#row.number, cell: null, header: '', value: '', text })
  }

  /** As people see it: a day of a workbook as a day, not as its number. */
  #shown(at: number): string {
    const cell = this.#row.cells[at] ?? ''
    const isDay = DAYS.some((id) => this.#columns.get(id) === at)
    return this.#form === 'xlsx' && isDay ? serialDay(cell) : cell
  }

  wrongAt(at: number, text: Text): void {
    const value = this.#shown(at)
    this.problems.push({
      row: this.#row.number,
      cell: `${letters(at)}${this.#row.number}`,
      header: this.#headers[at] ?? '',
      value: value.length > 60 ? `${value.slice(0, 60)}…` : value,
      text,
    })
  }
}
