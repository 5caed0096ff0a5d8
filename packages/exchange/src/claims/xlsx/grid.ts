import type { Text } from '@messlatte/model'
import type { WorkbookRow, WorkbookSheet } from '../../xlsx/read-workbook.ts'
import { letters } from '../../xlsx/workbook.ts'
import { fieldName } from '../names.ts'
import type { Problems } from '../problems.ts'

/** A row of headings, and what stands below it. */
export interface Headings {
  readonly rows: readonly WorkbookRow[]
  /** Column (0 is A) of the heading that begins so, in lower case; -1 where there is none. */
  column(name: string): number
  /** Text below the heading; empty where there is none. */
  text(row: WorkbookRow, name: string): string
}

/** A sheet, and where to tell what is wrong with it. */
export class Grid {
  readonly #name: string
  readonly #problems: Problems
  readonly rows: readonly WorkbookRow[]

  constructor({ name, rows }: WorkbookSheet, problems: Problems) {
    this.#name = name
    this.#problems = problems
    this.rows = rows
  }

  problem(row: number, column: number, message: Text): void {
    const name = column < 0 ? undefined : `${letters(column)}${row}`
    const place = {
      en: `sheet ${this.#name}, row ${row}${name === undefined ? '' : `, cell ${name}`}`,
      de: `Blatt ${this.#name}, Zeile ${row}${name === undefined ? '' : `, Zelle ${name}`}`,
    }
    this.#problems.add(place, message)
  }

  /** Tells where a claim stands; a column below 0 is none. */
  stands(key: string, row: number, column: number): void {
    this.#problems.stands(key, {
      sheet: this.#name,
      ...(column >= 0 && { cell: `${letters(column)}${row}` }),
    })
  }

  /** The first row that has all of these headings. */
  headings(wanted: readonly string[], within: number): Headings | undefined {
    const lower = (text: string) => fieldName(text).toLowerCase()
    const head = this.rows
      .slice(0, within)
      .find(({ cells }) => wanted.every((name) => cells.some(({ text }) => lower(text) === name)))
    if (!head) return undefined
    const column = (name: string) => head.cells.find(({ text }) => lower(text).startsWith(name))?.column ?? -1
    return {
      rows: this.rows.filter(({ number }) => number > head.number),
      column,
      text: ({ cells }, name) => cells.find((cell) => cell.column === column(name))?.text ?? '',
    }
  }
}
