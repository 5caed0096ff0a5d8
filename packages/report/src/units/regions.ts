import type { UnitRegions } from '@messlatte/model'
import { roughBytes } from '../figures.ts'
import type { Sheet } from '../terminal/sheet.ts'
import { REGION_WORDS, UNITS_WORDS as W } from './words.ts'

const MOST_REGIONS = 40
const MOST_PATHS = 20

export function writeRegions(sheet: Sheet, units: readonly UnitRegions[]): void {
  sheet.heading(sheet.say(W.releaseHead))
  for (const one of units) {
    const counts = { equal: one.filesEqual, changed: one.filesChanged, only: one.filesOnlyHere }
    sheet.paragraph(`${one.unit}: ${sheet.say(W.releaseLine, counts)}`, 0, '', 'strong')
    sheet.list(
      one.regions,
      MOST_REGIONS,
      2,
      ({ path, offset, length, format, state, counterpart, blocks, files }) => {
        const where = `${path} 0x${offset.toString(16)} + ${roughBytes(length, sheet.language)}`
        const more = [
          ...(format === null ? [] : [format]),
          sheet.say(REGION_WORDS[state]),
          ...(counterpart === null ? [] : [counterpart]),
          ...(files === null || state === 'equal' ? [] : [sheet.say(W.filesIn, files)]),
          ...(blocks === null ? [] : [sheet.say(W.blocks, { share: blocks })]),
        ]
        sheet.paragraph(`${where}: ${more.join(', ')}`, 4, '  •')
      },
    )
    for (const [word, paths] of [
      [W.changed, one.changed],
      [W.onlyHere, one.onlyHere],
    ] as const)
      sheet.list(paths, MOST_PATHS, 2, (path) => sheet.paragraph(`${sheet.say(word)}: ${path}`, 4, '  ·'))
  }
}
