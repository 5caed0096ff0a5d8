import type { ReleaseSide, ReleasesResult, Text } from '@messlatte/model'
import { bytes, day, roughBytes, whole } from '../figures.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { type Part, partsOf } from './view.ts'
import { RELEASES_WORDS as W } from './words.ts'

const MOST_ROWS = 40
const MOST_WORSE = 60
const MOST_IMAGES = 6
const LABEL = 6

/** The comparison of two releases for a terminal: what got worse first. Ends with a newline. */
export function renderReleases(result: ReleasesResult, options: TerminalOptions): string {
  const sheet = new Sheet(options)
  sheet.line(`Messlatte ${result.tool.version}`, 'soft')
  sheet.blank()
  sheet.paragraph(sheet.say(W.lead), 0, '', 'strong')
  writeSide(sheet, W.old, result.old)
  writeSide(sheet, W.new, result.new)
  if (result.notes.length > 0) {
    sheet.heading(sheet.say(W.notes))
    for (const note of result.notes) sheet.paragraph(note[sheet.language], 2, '!')
  }
  sheet.heading(`${sheet.say(W.worse)} (${result.worse.length})`)
  if (result.worse.length === 0) sheet.paragraph(sheet.say(W.notWorse))
  sheet.list(result.worse, MOST_WORSE, 2, ({ text }) => sheet.paragraph(text[sheet.language], 2, '–'))
  for (const part of partsOf(result, sheet.language)) writePart(sheet, part)
  sheet.blank()
  sheet.paragraph(sheet.say(W.closing))
  return sheet.text()
}

function writeSide(sheet: Sheet, label: Text, side: ReleaseSide): void {
  const { language } = sheet
  side.images.slice(0, MOST_IMAGES).forEach((image, index) => {
    sheet.field(index === 0 ? sheet.say(label) : '', imageLine(sheet, image), 0, LABEL)
  })
  const inside = {
    files: whole(side.unpacked.files, language),
    unknown: roughBytes(side.unpacked.unknownBytes, language),
  }
  sheet.field('', sheet.say(W.inside, inside), 0, LABEL)
  if (side.source === 'result')
    sheet.field(
      '',
      sheet.say(W.saved, { version: side.tool.version, day: day(side.options.asOf, language) }),
      0,
      LABEL,
    )
}

function imageLine(sheet: Sheet, { name, sha256, size }: ReleaseSide['images'][number]): string {
  return sheet.say(W.side, { image: name, digest: sha256, size: bytes(size, sheet.language) })
}

function writePart(sheet: Sheet, { title, lead, headings, rows }: Part): void {
  sheet.heading(rows.length === 0 ? title : `${title} (${whole(rows.length, sheet.language)})`)
  if (lead !== undefined) sheet.paragraph(lead)
  sheet.list(rows, MOST_ROWS, 2, ([first = '', ...cells]) => {
    sheet.paragraph(first, 2, '•', 'strong')
    cells.forEach((cell, index) => {
      sheet.field(headings[index + 1] ?? '', cell, 4, 24)
    })
  })
}
