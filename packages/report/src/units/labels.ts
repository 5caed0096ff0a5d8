import type { LabelFile } from '@messlatte/model'
import type { Sheet } from '../terminal/sheet.ts'
import { writeValues } from './values.ts'
import { UNITS_WORDS as W } from './words.ts'

const MOST_GROUPS = 20

export function writeLabels(sheet: Sheet, { name, units, publicColumns, columns, sha256 }: LabelFile): void {
  sheet.heading(sheet.say(W.labelsHead, { name }))
  const publics = publicColumns.map((one) => one.name).join(', ') || sheet.say(W.none)
  sheet.paragraph(sheet.say(W.labelsLead, { units, publics, digest: sha256 }))
  for (const column of columns) {
    const { values, missing, equalLines } = column
    const counts =
      values.distinct === 1
        ? sheet.say(W.same, { count: values.compared })
        : sheet.say(W.distinct, { distinct: values.distinct, count: values.compared })
    const without = missing > 0 ? `; ${sheet.say(W.missing, { count: missing })}` : ''
    sheet.paragraph(`“${column.name}”: ${counts}${without}`, 0, '', 'strong')
    if (equalLines.length > 0) {
      const groups = equalLines.slice(0, MOST_GROUPS).map((lines) => shortened(lines))
      sheet.field(sheet.say(W.equalLines), groups.join('; '), 2, 16)
    }
    writeValues(sheet, values, 2)
  }
}

const MOST_LINES = 30

function shortened(lines: readonly number[]): string {
  const shown = lines.slice(0, MOST_LINES).join(', ')
  return lines.length > MOST_LINES ? `${shown} … (${lines.length})` : shown
}
