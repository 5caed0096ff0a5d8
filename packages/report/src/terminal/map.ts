import type { MapPart } from '@messlatte/model'
import { roughBytes } from '../figures.ts'
import { cellsOf, type FileMap, mapsOf, titleOf } from '../view/map.ts'
import { Sheet, type TerminalOptions } from './sheet.ts'

const MOST_PARTS = 200
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const PADDING = '·'
const UNKNOWN = '?'
const OFFSET_DIGITS = 8

/** Each file of the release as a bar of its regions, with a line for each of them. */
export function renderMap(parts: readonly MapPart[], options: TerminalOptions): string {
  const sheet = new Sheet(options)
  mapsOf(parts).forEach((file, i) => {
    if (i > 0) sheet.blank()
    writeFile(sheet, file)
  })
  return sheet.text()
}

function writeFile(sheet: Sheet, file: FileMap): void {
  const letters = lettersOf(file)
  sheet.line(`${file.path}, ${roughBytes(file.size, sheet.language)}`, 'strong')
  const cells = cellsOf(file, sheet.width - 2)
  sheet.line(`[${cells.map((part) => (part ? (letters.get(part) ?? UNKNOWN) : ' ')).join('')}]`)
  sheet.list(file.parts, MOST_PARTS, 0, (part) => {
    const size = roughBytes(part.length, sheet.language)
    sheet.line(
      `${letters.get(part)} ${hex(part.offset)}–${hex(part.offset + part.length - 1)}  ${size.padStart(10)}  ${titleOf(part, (text) => sheet.say(text))}`,
    )
  })
}

function lettersOf({ parts }: FileMap): ReadonlyMap<MapPart, string> {
  const letters = new Map<MapPart, string>()
  let next = 0
  for (const part of parts) {
    switch (part.kind) {
      case 'format':
        letters.set(part, LETTERS[next++ % LETTERS.length] as string)
        break
      case 'padding':
        letters.set(part, PADDING)
        break
      case 'unknown':
        letters.set(part, UNKNOWN)
    }
  }
  return letters
}

function hex(offset: number): string {
  return `0x${offset.toString(16).padStart(OFFSET_DIGITS, '0')}`
}
