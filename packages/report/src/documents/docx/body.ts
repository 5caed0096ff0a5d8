import { escapeXml } from '@messlatte/bytes'
import { allBlocks, type StyledRun, styledRuns } from '../compose.ts'
import type { Block, PaperDocument, Runs, Tone } from '../model.ts'
import { HEAD, PAGE, ROOT_NAMES, textWidth } from './names.ts'

/** Identifiers of relationships of the document part that are always there; those of links follow. */
const FIXED_RELATIONS = 5
const KEEP = '<w:keepNext/>'
const LINE = 'w:val="single" w:sz="4" w:space="0" w:color="9AA5A8"'
const NO_BORDERS =
  '<w:tblBorders>' +
  ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="nil"/>`)
    .join('') +
  '</w:tblBorders>'
const ALL_BORDERS = NO_BORDERS.replaceAll('w:val="nil"', LINE)

export interface Body {
  readonly xml: string
  /** Addresses that the text links to; the first has the relationship `rId6`. */
  readonly links: readonly string[]
  readonly orderedLists: number
}

/** The part `word/document.xml` (ECMA-376 part 1, 17.2 to 17.4). */
export function bodyOf(document: PaperDocument): Body {
  const links: string[] = []
  let orderedLists = 0
  const landscape = document.landscape === true
  const room = textWidth(landscape)

  const run = ({ text, bold, italic, gap, link }: StyledRun): string => {
    const style = [
      bold || gap ? '<w:b/>' : '',
      italic ? '<w:i/>' : '',
      gap
        ? '<w:color w:val="9B1C1C"/>'
        : link === undefined
          ? ''
          : '<w:color w:val="0B5C6B"/><w:u w:val="single"/>',
    ].join('')
    const inside = text
      .split('\n')
      .map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
      .join('<w:br/>')
    const made = `<w:r><w:rPr>${style}</w:rPr>${inside}</w:r>`
    if (link === undefined) return made
    links.push(link)
    return `<w:hyperlink r:id="rId${FIXED_RELATIONS + links.length}">${made}</w:hyperlink>`
  }
  const paragraph = (style: string, text: Runs, more = '') =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${styledRuns(text).map(run).join('')}</w:p>`

  const block = (one: Block): string => {
    switch (one.kind) {
      case 'heading':
        return paragraph(`Heading${one.level}`, one.text)
      case 'paragraph':
        return paragraph(STYLE_OF[one.tone ?? 'normal'], one.text)
      case 'list': {
        if (one.ordered) orderedLists++
        const number = one.ordered ? orderedLists + 1 : 1
        const numbered = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${number}"/></w:numPr>`
        return one.items.map((item) => paragraph('Item', item, numbered)).join('')
      }
      case 'table': {
        const widths = shares(
          one.columns.map(({ width }) => width),
          room,
        )
        const titled = one.columns.some(({ title }) => title !== '')
        const head = titled
          ? row(
              widths,
              one.columns.map(({ title }) => [{ text: title, bold: true }]),
              true,
            )
          : ''
        return table(widths, ALL_BORDERS, head + one.rows.map((cells) => row(widths, cells, false)).join(''))
      }
      case 'page-break':
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
      case 'signature': {
        const widths = shares([1, 2], room)
        const rows = one.labels.map(
          (label) =>
            `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="800"/></w:trPr>${cell(widths[0] ?? 0, paragraph('Cell', label, KEEP), '<w:vAlign w:val="bottom"/>')}${cell(widths[1] ?? 0, paragraph('Cell', ''), `<w:tcBorders><w:bottom ${LINE}/></w:tcBorders>`)}</w:tr>`,
        )
        return paragraph('Gap', one.notice, KEEP) + table(widths, NO_BORDERS, rows.join(''))
      }
    }
  }
  const row = (widths: readonly number[], cells: readonly Runs[], head: boolean) =>
    `<w:tr><w:trPr><w:cantSplit/>${head ? '<w:tblHeader/>' : ''}</w:trPr>${cells.map((text, at) => cell(widths[at] ?? 0, paragraph('Cell', text), head ? '<w:shd w:val="clear" w:color="auto" w:fill="E6ECED"/>' : '')).join('')}</w:tr>`

  const title = paragraph('Title', document.title)
  const under = document.subtitle === undefined ? '' : paragraph('Subtitle', document.subtitle)
  const blocks = allBlocks(document).map(block).join('')
  const size = landscape
    ? `<w:pgSz w:w="${PAGE.height}" w:h="${PAGE.width}" w:orient="landscape"/>`
    : `<w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/>`
  const page = `<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>${size}<w:pgMar w:top="1500" w:right="${PAGE.margin}" w:bottom="1400" w:left="${PAGE.margin}" w:header="700" w:footer="600" w:gutter="0"/></w:sectPr>`
  return {
    xml: `${HEAD}<w:document ${ROOT_NAMES}><w:body>${title}${under}${blocks}${page}</w:body></w:document>`,
    links,
    orderedLists,
  }
}

const STYLE_OF = { normal: 'Normal', gap: 'Gap', note: 'Note' } as const satisfies Readonly<
  Record<Tone, string>
>

function shares(weights: readonly number[], room: number): readonly number[] {
  const all = sum(weights)
  return weights.map((weight) => Math.floor((weight / all) * room))
}

function cell(width: number, inside: string, style: string): string {
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${style}</w:tcPr>${inside}</w:tc>`
}

/** Two tables in a row would become one: an empty paragraph follows each. */
function table(widths: readonly number[], borders: string, rows: string): string {
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  return `<w:tbl><w:tblPr><w:tblW w:w="${sum(widths)}" w:type="dxa"/>${borders}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows}</w:tbl><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
