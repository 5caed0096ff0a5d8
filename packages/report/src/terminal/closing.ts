import type { CheckResult } from '@messlatte/model'
import { damageText } from '../damage/german.ts'
import { roughBytes, whole } from '../figures.ts'
import { aboutSentence, identityOf, lastLine } from '../view/closing.ts'
import { sumRegions } from '../view/regions.ts'
import { DAMAGE_WORDS, GUESS_WORDS, LIMIT_WORDS, WORDS } from '../words.ts'
import type { Sheet } from './sheet.ts'

const MOST = 8

/** How far the look went: sums, limits, damage, unknown regions. */
export function writeLooked(sheet: Sheet, { unpacked }: CheckResult): void {
  const { language } = sheet
  sheet.heading(sheet.say(WORDS.looked))
  sheet.paragraph(
    sheet.say(WORDS.lookedLead, {
      files: whole(unpacked.files, language),
      artefacts: whole(unpacked.artefacts, language),
      bytes: roughBytes(unpacked.bytes, language),
      unknown: roughBytes(unpacked.unknownBytes, language),
      padding: roughBytes(unpacked.paddingBytes, language),
    }),
  )
  if (unpacked.partial) sheet.paragraph(sheet.say(WORDS.partial), 2, '!', 'strong')
  sheet.list(
    unpacked.limits,
    MOST,
    4,
    (it) => {
      const what = `${sheet.say(WORDS.limit)}: ${sheet.say(LIMIT_WORDS[it.limit])}`
      const where = it.path === '' ? '' : `; ${it.path}`
      sheet.paragraph(`${what}${where}: ${it.text[language]}`, 4, '  •')
    },
    unpacked.omitted?.limits,
  )
  sheet.list(
    unpacked.damage,
    MOST,
    4,
    (it) => {
      const what = `${sheet.say(WORDS.damage)}: ${sheet.say(DAMAGE_WORDS[it.code])}`
      sheet.paragraph(`${what}; ${it.path}: ${damageText(it.message, language)}`, 4, '  •')
    },
    unpacked.omitted?.damage,
  )
  for (const sum of sumRegions(unpacked.unknown)) {
    const text = sheet.say(WORDS.regionSum, {
      guess: sheet.say(GUESS_WORDS[sum.guess]),
      count: whole(sum.count, language),
      regions: sheet.say(sum.count === 1 ? WORDS.oneRegion : WORDS.manyRegions),
      bytes: roughBytes(sum.bytes, language),
    })
    sheet.paragraph(text, 4, '  •')
  }
}

/** What the report is about and by what it was made; the last line always says what is open. */
export function writeClosing(sheet: Sheet, result: CheckResult): void {
  sheet.heading(sheet.say(WORDS.identity))
  sheet.paragraph(aboutSentence(result, sheet.language))
  for (const row of identityOf(result, sheet.language)) {
    sheet.paragraph(`${row.part}: ${row.name} ${row.version}, SHA-256 ${row.digest}`)
  }
  sheet.blank()
  sheet.line(lastLine(result, sheet.language), 'strong')
}
