import { readForeignZip, readXml, type XmlAttributes, XmlError, ZipFault } from '@messlatte/bytes'
import { unescapeCell } from './cell-text.ts'

/** A workbook that is not read, and why; the message names the part. */
export class WorkbookError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WorkbookError'
  }
}

export interface WorkbookCell {
  /** 0 is column A. */
  readonly column: number
  readonly text: string
}

export interface WorkbookRow {
  /** As the program that shows it counts: the first is 1. */
  readonly number: number
  /** Cells that hold something, from left to right. */
  readonly cells: readonly WorkbookCell[]
}

export interface WorkbookSheet {
  readonly name: string
  /** Whoever opens the workbook does not see it. */
  readonly hidden?: true
  /** Rows that hold something, from top to bottom. */
  readonly rows: readonly WorkbookRow[]
}

/** Bytes of a file: what a person fills in is far below. */
export const MOST_WORKBOOK = 32 * 1024 * 1024
const BOUNDS = { members: 2000, bytes: 128 * 1024 * 1024 }
const MOST_SHEETS = 200
const MOST_ROWS = 100_000
const MOST_COLUMNS = 1_000
const MOST_CELLS = 1_000_000

/**
 * The texts of a workbook (ECMA-376, SpreadsheetML, transitional and strict): what cells show, without formats. Of a formula the
 * value that was stored with it; numbers and dates as they are stored. Macros, links and embedded things are not looked at.
 * Bounds: 32 MiB a file, 128 MiB inflated, 200 sheets, 100,000 rows and 1,000 columns a sheet, a million cells.
 * @throws WorkbookError
 */
export function readWorkbook(bytes: Uint8Array): readonly WorkbookSheet[] {
  if (bytes.length > MOST_WORKBOOK) throw new WorkbookError(`it is larger than ${MOST_WORKBOOK} bytes`)
  try {
    const parts = readForeignZip(bytes, BOUNDS, (name) => /\.(?:xml|rels)$/i.test(name))
    return new Reader(parts).sheets()
  } catch (error) {
    if (error instanceof ZipFault || error instanceof XmlError) throw new WorkbookError(error.message)
    throw error
  }
}

class Reader {
  readonly #parts: ReadonlyMap<string, Buffer>
  #cells = 0

  constructor(parts: ReadonlyMap<string, Buffer>) {
    this.#parts = parts
  }

  sheets(): readonly WorkbookSheet[] {
    const book = this.#target('', /\/officeDocument$/) ?? 'xl/workbook.xml'
    const listed: { readonly name: string; readonly relation: string; readonly hidden: boolean }[] = []
    this.#read(book, (name, attributes) => {
      if (name !== 'sheet') return
      listed.push({
        name: attributes.get('name') ?? '',
        relation: attributes.get('r:id') ?? relationOf(attributes),
        hidden: ['hidden', 'veryHidden'].includes(attributes.get('state') ?? ''),
      })
    })
    if (listed.length > MOST_SHEETS) throw new WorkbookError(`it has more than ${MOST_SHEETS} sheets`)
    const relations = this.#relations(book)
    const shared = this.#shared(
      [...relations.values()].find(({ type }) => type.endsWith('/sharedStrings'))?.target,
    )
    return listed.flatMap(({ name, relation, hidden }) => {
      const found = relations.get(relation)
      // Sheets of charts and macros hold no table.
      return found?.type.endsWith('/worksheet')
        ? [{ name, ...(hidden && { hidden }), rows: this.#rows(name, found.target, shared) }]
        : []
    })
  }

  #rows(sheet: string, part: string, shared: readonly string[]): readonly WorkbookRow[] {
    const rows: WorkbookRow[] = []
    let row: { number: number; cells: WorkbookCell[] } | undefined
    let cell: { column: number; type: string } | undefined
    let value = ''
    let reads = false
    this.#read(
      part,
      (name, attributes) => {
        if (name === 'row') {
          const number = numberOf(attributes.get('r')) ?? (rows.at(-1)?.number ?? 0) + 1
          if (rows.length >= MOST_ROWS || number <= (rows.at(-1)?.number ?? 0))
            throw new WorkbookError(`sheet ${sheet}: its rows are too many, or not in order`)
          row = { number, cells: [] }
        } else if (name === 'c' && row) {
          const column = columnOf(attributes.get('r')) ?? (row.cells.at(-1)?.column ?? -1) + 1
          if (column >= MOST_COLUMNS || column <= (row.cells.at(-1)?.column ?? -1))
            throw new WorkbookError(
              `sheet ${sheet}, row ${row.number}: its columns are too many, or not in order`,
            )
          cell = { column, type: attributes.get('t') ?? 'n' }
          value = ''
        } else if (name === 'v' || name === 't') reads = cell !== undefined
        else if (name === 'rPh') reads = false
      },
      (name) => {
        if (name === 'v' || name === 't') reads = false
        else if (name === 'c' && cell && row) {
          const text =
            cell.type === 's'
              ? shared[Number(value)]
              : cell.type === 'b'
                ? value === '1'
                  ? 'TRUE'
                  : 'FALSE'
                : value
          if (text === undefined)
            throw new WorkbookError(`sheet ${sheet}, row ${row.number}: a text is not in the table of texts`)
          if (++this.#cells > MOST_CELLS) throw new WorkbookError(`it has more than ${MOST_CELLS} cells`)
          if (text !== '')
            row.cells.push({ column: cell.column, text: cell.type === 's' ? text : unescapeCell(text) })
          cell = undefined
        } else if (name === 'row' && row) {
          if (row.cells.length > 0) rows.push(row)
          row = undefined
        }
      },
      (text) => {
        if (reads) value += text
      },
    )
    return rows
  }

  /** Texts that many cells share; what is read aloud for phonetic scripts is left out. */
  #shared(part: string | undefined): readonly string[] {
    const texts: string[] = []
    if (part === undefined) return texts
    let text: string | undefined
    let reads = false
    let aside = false
    this.#read(
      part,
      (name) => {
        if (name === 'si') text = ''
        else if (name === 'rPh') aside = true
        else if (name === 't') reads = !aside
      },
      (name) => {
        if (name === 't') reads = false
        else if (name === 'rPh') aside = false
        else if (name === 'si') texts.push(unescapeCell(text ?? ''))
      },
      (piece) => {
        if (reads && text !== undefined) text += piece
      },
    )
    return texts
  }

  #relations(part: string): ReadonlyMap<string, { readonly type: string; readonly target: string }> {
    const folder = part.slice(0, part.lastIndexOf('/') + 1)
    const name = `${folder}_rels/${part.slice(folder.length)}.rels`
    const found = new Map<string, { type: string; target: string }>()
    if (!this.#parts.has(name)) return found
    this.#read(name, (element, attributes) => {
      if (element !== 'Relationship' || attributes.get('TargetMode') === 'External') return
      const target = attributes.get('Target') ?? ''
      found.set(attributes.get('Id') ?? '', {
        type: attributes.get('Type') ?? '',
        target: target.startsWith('/') ? target.slice(1) : `${folder}${target}`,
      })
    })
    return found
  }

  #target(part: string, type: RegExp): string | undefined {
    return [...this.#relations(part).values()].find((one) => type.test(one.type))?.target
  }

  #read(
    part: string,
    open: (name: string, attributes: XmlAttributes) => void,
    close: (name: string) => void = () => {},
    text: (text: string) => void = () => {},
  ): void {
    const content = this.#parts.get(part)
    if (!content) throw new WorkbookError(`it has no part ${part}`)
    readXml(content.toString('utf8'), { open, close, text })
  }
}

/** The prefix of the relation's name space is the writer's choice. */
function relationOf(attributes: XmlAttributes): string {
  return [...attributes].find(([name]) => /^[^:]+:id$/.test(name))?.[1] ?? ''
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined
}

/** `AB12` is column 27, counted from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1]
  if (letters === undefined) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
