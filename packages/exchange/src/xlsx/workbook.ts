import { escapeXml, writeZip } from '@messlatte/bytes'
import { escapeCell } from './cell-text.ts'

export interface Sheet {
  /** At most 31 characters, none of `[]:*?/\`. */
  readonly name: string
  /** Every cell is a text: a name that begins with `=` is never a formula. */
  readonly rows: Iterable<readonly string[]>
  /** Widths of columns, in characters. */
  readonly widths: readonly number[]
  /** The row that holds headings, frozen and with filters: the first is 1, which it is unless said; 0 where there is none. */
  readonly headings?: number
}

/** Characters that a cell may hold (ECMA-376, SpreadsheetML). */
export const MOST_CELL = 32_767

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** A workbook of plain tables (ECMA-376, 5th edition, transitional). */
export function writeWorkbook(sheets: readonly Sheet[]): Uint8Array {
  const numbered = sheets.map((sheet, at) => ({ sheet, number: at + 1 }))
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return writeZip([
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbered.map(({ sheet, number }) => `<sheet name="${escapeXml(sheet.name)}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}</Relationships>`,
    ],
    ...numbered.map(({ sheet, number }) => [`xl/worksheets/sheet${number}.xml`, sheetXml(sheet)] as const),
  ])
}

/** Rows that are turned into bytes together: a sheet of 10,000s of rows is never one text. */
const BATCH = 1000

function sheetXml({ rows, widths, headings = 1 }: Sheet): Uint8Array {
  const columns = widths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const frozen =
    headings === 0
      ? ''
      : `<pane ySplit="${headings}" topLeftCell="A${headings + 1}" activePane="bottomLeft" state="frozen"/>`
  const parts: Buffer[] = []
  let batch = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews><cols>${columns}</cols><sheetData>`
  let count = 0
  for (const cells of rows) {
    count++
    batch += `<row r="${count}">${cells.map((text, column) => cell(`${letters(column)}${count}`, text)).join('')}</row>`
    if (count % BATCH !== 0) continue
    parts.push(Buffer.from(batch, 'utf8'))
    batch = ''
  }
  const corner = `${letters(widths.length - 1)}${Math.max(headings, count)}`
  const filter = headings === 0 ? '' : `<autoFilter ref="A${headings}:${corner}"/>`
  return Buffer.concat([...parts, Buffer.from(`${batch}</sheetData>${filter}</worksheet>`, 'utf8')])
}

function cell(reference: string, text: string): string {
  if (text === '') return ''
  const cut = escapeCell(text.slice(0, MOST_CELL))
  return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cut)}</t></is></c>`
}

/** 0 is A, 25 is Z, 26 is AA. */
export function letters(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : `${letters(Math.floor(column / 26) - 1)}${letters(column % 26)}`
}
