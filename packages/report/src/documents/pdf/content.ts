import { allBlocks, styledRuns } from '../compose.ts'
import type { Block, PaperDocument, Runs } from '../model.ts'

/** A word of more characters may be broken anywhere: digests and nest paths are wider than their columns. */
const LONG_NAME = 22
/** The same for words of letters alone, which people read: German has long ones. */
const LONG_WORD = 34

type Node = Readonly<Record<string, unknown>>

/** The nodes of pdfmake for a document. `write` puts a text into characters that the font has. */
export function contentOf(document: PaperDocument, write: (text: string) => string): readonly Node[] {
  const outline = outlines()
  const text = (runs: Runs): readonly Node[] =>
    styledRuns(runs).flatMap(({ text, bold, italic, gap, link }) =>
      words(write(text)).map((part) => ({
        text: part,
        ...(breaksAnywhere(part) ? { wordBreak: 'break-all' } : {}),
        ...(bold || gap ? { bold: true } : {}),
        ...(italic ? { italics: true } : {}),
        ...(gap ? { color: '#9b1c1c' } : {}),
        ...(link === undefined ? {} : { link, color: '#0b5c6b', decoration: 'underline' }),
      })),
    )

  const block = (one: Block): Node => {
    switch (one.kind) {
      case 'heading':
        return {
          text: write(one.text),
          style: `heading${one.level}`,
          headlineLevel: one.level,
          ...outline(one.level, write(one.text)),
        }
      case 'paragraph':
        return one.tone === 'gap'
          ? gapBox(text(one.text))
          : { text: text(one.text), style: one.tone ?? 'normal' }
      case 'list':
        return {
          [one.ordered ? 'ol' : 'ul']: one.items.map((item) => ({ text: text(item), margin: [0, 0, 0, 3] })),
          margin: [0, 0, 0, 6],
        }
      case 'table': {
        const titled = one.columns.some(({ title }) => title !== '')
        const head = one.columns.map(({ title }) => ({
          text: write(title),
          bold: true,
          fillColor: '#e6eced',
        }))
        return {
          style: 'cell',
          layout: 'messlatte',
          margin: [0, 0, 0, 8],
          table: {
            widths: shares(
              one.columns.map(({ width }) => width),
              document.landscape === true,
            ),
            headerRows: titled ? 1 : 0,
            keepWithHeaderRows: titled ? 1 : 0,
            dontBreakRows: one.rows.every((cells) => lengthOf(cells) < MOST_WHOLE_ROW),
            body: [
              ...(titled ? [head] : []),
              ...one.rows.map((cells) => cells.map((cell) => ({ text: text(cell) }))),
            ],
          },
        }
      }
      case 'page-break':
        return { text: '', pageBreak: 'after' }
      case 'signature':
        return {
          unbreakable: true,
          stack: [
            gapBox(text(one.notice)),
            ...one.labels.map((label) => ({
              columns: [
                { width: 150, text: write(label), style: 'cell', margin: [0, 26, 0, 0] },
                { width: '*', stack: [{ canvas: [rule()], margin: [0, 38, 0, 0] }] },
              ],
            })),
          ],
        }
    }
  }
  return [
    { text: write(document.title), style: 'title' },
    ...(document.subtitle === undefined ? [] : [{ text: write(document.subtitle), style: 'subtitle' }]),
    ...allBlocks(document).map(block),
  ]
}

/** Characters of a row that surely fits on one page. */
const MOST_WHOLE_ROW = 1_200

function lengthOf(cells: readonly Runs[]): number {
  return cells.reduce(
    (sum, cell) => sum + styledRuns(cell).reduce((all, { text }) => all + text.length, 0),
    0,
  )
}

/** Bookmarks: each heading below the last one of a higher level. */
function outlines(): (level: number, text: string) => Node {
  const open: string[] = []
  let count = 0
  return (level, text) => {
    const id = `heading-${++count}`
    open.length = Math.min(open.length, level - 1)
    const parent = open.at(-1)
    open.push(id)
    return { outline: true, outlineId: id, outlineText: text, ...(parent ? { outlineParentId: parent } : {}) }
  }
}

/** The text in parts, so that only words that are too long are broken within. */
function words(text: string): readonly string[] {
  return text.split(LONG).filter((part) => part !== '')
}
const LETTERS = /^[\p{L}\p{M},;:()-]+$/u
const LONG = new RegExp(`(?<!\\S)(\\S{${LONG_NAME + 1},})`)

function breaksAnywhere(part: string): boolean {
  if (/\s/.test(part) || part.length <= LONG_NAME) return false
  return part.length > LONG_WORD || !LETTERS.test(part)
}

function gapBox(text: readonly Node[]): Node {
  return {
    layout: 'gap',
    margin: [0, 2, 0, 8],
    table: { widths: ['*'], body: [[{ text, fillColor: '#fbeded' }]] },
  }
}

function rule(): Node {
  return { type: 'line', x1: 0, y1: 0, x2: 300, y2: 0, lineWidth: 0.5, lineColor: '#9aa5a8' }
}

/** Widths of columns, in points, padding and rules taken off. */
function shares(weights: readonly number[], landscape: boolean): readonly number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const room =
    (landscape ? PAGE.height : PAGE.width) - 2 * MARGIN - weights.length * (2 * CELL_PADDING + RULE) - RULE
  return weights.map((weight) => (weight / all) * room)
}

/** Points. */
export const MARGIN = 62
/** A4. */
const PAGE = { width: 595.28, height: 841.89 } as const
export const CELL_PADDING = 5
export const RULE = 0.5
