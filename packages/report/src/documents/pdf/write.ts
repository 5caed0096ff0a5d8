import { day } from '../../figures.ts'
import { fill } from '../../text.ts'
import { visible } from '../../visible.ts'
import type { PaperDocument } from '../model.ts'
import { WORDS } from '../words.ts'
import { CELL_PADDING, contentOf, MARGIN, RULE } from './content.ts'
import { printable } from './glyphs.ts'

/**
 * A document as PDF 1.7, A4, fonts embedded, with title, language and bookmarks. The libraries are loaded by the first
 * call. Reads nothing but the fonts that come with them.
 */
export async function writePdf(document: PaperDocument): Promise<Uint8Array> {
  const [{ default: pdfmake }, { default: fonts }, { openSync }] = await Promise.all([
    import('pdfmake'),
    import('pdfmake/fonts/Roboto.js'),
    import('fontkit'),
  ])
  const paths = new Set(Object.values(fonts.Roboto))
  const characters = new Set(openSync(fonts.Roboto.normal).characterSet)
  const write = (text: string) => printable(text, characters)
  pdfmake.setFonts(fonts)
  pdfmake.setTableLayouts(LAYOUTS)
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => paths.has(path))
  return pdfmake.createPdf(definition(document, write)).getBuffer()
}

function definition(document: PaperDocument, write: (text: string) => string): object {
  const { language, title, product, date, author } = document
  const edge = (left: string, right: string, above: number) => ({
    columns: [
      { text: write(visible(left)), width: '*' },
      { text: right, width: 'auto', alignment: 'right' },
    ],
    columnGap: 12,
    margin: [MARGIN, above, MARGIN, 0],
    fontSize: 8.5,
    color: '#4a5a5e',
  })
  const made = new Date(`${date}T00:00:00Z`)
  return {
    version: '1.7',
    pageSize: 'A4',
    pageOrientation: document.landscape === true ? 'landscape' : 'portrait',
    pageMargins: [MARGIN, 74, MARGIN, 68],
    language: language === 'de' ? 'de-DE' : 'en-GB',
    displayTitle: true,
    info: {
      title: visible(title),
      ...(author === undefined ? {} : { author: visible(author) }),
      creator: 'Messlatte',
      producer: 'Messlatte (pdfmake)',
      creationDate: made,
      modDate: made,
    },
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.18 },
    styles: STYLES,
    header: () => edge(product, day(date, language), 32),
    footer: (page: number, pages: number) => edge(title, fill(WORDS.page, language, { page, pages }), 28),
    content: contentOf(document, write),
    pageBreakBefore: headingAtFoot,
  }
}

interface Placed {
  readonly headlineLevel?: number
  readonly startPosition: { readonly verticalRatio: number }
}

/** Share of the height of a page, below which a heading would stand alone. */
const TOO_LOW = 0.86

/** A heading goes with what follows: never the last thing on a page. */
function headingAtFoot(
  { headlineLevel, startPosition }: Placed,
  around: { getFollowingNodesOnPage(): readonly unknown[] },
): boolean {
  if (headlineLevel === undefined) return false
  return startPosition.verticalRatio > TOO_LOW || around.getFollowingNodesOnPage().length === 0
}

const HEADING = { bold: true, color: '#12343b' }
const STYLES = {
  title: { ...HEADING, fontSize: 21, margin: [0, 0, 0, 3] },
  subtitle: { fontSize: 12, color: '#4a5a5e', margin: [0, 0, 0, 14] },
  heading1: { ...HEADING, fontSize: 14.5, margin: [0, 16, 0, 6] },
  heading2: { ...HEADING, fontSize: 12, margin: [0, 12, 0, 5] },
  heading3: { ...HEADING, fontSize: 10.5, margin: [0, 10, 0, 4] },
  normal: { margin: [0, 0, 0, 6] },
  note: { fontSize: 8.5, color: '#4a5a5e', margin: [0, 0, 0, 6] },
  cell: { fontSize: 8.5 },
}

const line = () => RULE
const pad = () => CELL_PADDING
const grey = () => '#9aa5a8'
const LAYOUTS = {
  messlatte: {
    hLineWidth: line,
    vLineWidth: line,
    hLineColor: grey,
    vLineColor: grey,
    paddingLeft: pad,
    paddingRight: pad,
    paddingTop: () => 3,
    paddingBottom: () => 2,
  },
  gap: {
    hLineWidth: () => 0,
    vLineWidth: (at: number) => (at === 0 ? 3 : 0),
    vLineColor: () => '#9b1c1c',
    paddingLeft: () => 8,
    paddingRight: pad,
    paddingTop: () => 4,
    paddingBottom: () => 3,
  },
}
