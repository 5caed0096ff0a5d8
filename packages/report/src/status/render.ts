import type { ReleaseStatus, StatusMismatch } from '@messlatte/portfolio'
import { day } from '../figures.ts'
import { answerWord } from '../portfolio/view.ts'
import { ANSWER_SYMBOLS, ANSWER_TONES, PLAN_WORDS } from '../portfolio/words.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { STATUS_WORDS as W } from './words.ts'

const LABEL = 16

/** Ends with a newline. `fingerprint` is of the trusted key that signed. */
export function renderStatus(
  status: ReleaseStatus,
  fingerprint: string,
  doubts: readonly StatusMismatch[],
  options: TerminalOptions,
): string {
  const sheet = new Sheet(options)
  const { language } = sheet
  const field = (label: string, value: string) => sheet.field(label, value, 0, LABEL)
  sheet.paragraph(sheet.say(W.title, { product: status.product }), 0, '', 'strong')
  sheet.paragraph(sheet.say(doubts.length === 0 ? W.good : W.notGood))
  for (const doubt of doubts) sheet.paragraph(sheet.say(W[doubt]), 2, '✗', 'fail')
  sheet.blank()
  field(sheet.say(W.signed), status.by)
  field(sheet.say(W.key), fingerprint)
  status.files.forEach(({ name, sha256 }, at) => {
    field(at === 0 ? sheet.say(W.release) : '', `${name}, SHA-256 ${sha256}`)
  })
  field(sheet.say(W.units), unitsOf(status, sheet))
  field(sheet.say(W.market), status.market)
  sheet.field(
    sheet.say(W.answer),
    `${ANSWER_SYMBOLS[status.answer]} ${answerWord(status.answer, language)}`,
    0,
    LABEL,
    ANSWER_TONES[status.answer],
  )
  for (const { id, version, standing, answer } of status.rules)
    field('', `${id} ${version} (${sheet.say(PLAN_WORDS[standing])}): ${answerWord(answer, language)}`)
  field(sheet.say(W.holds), status.properties.join(', ') || sheet.say(W.nothing))
  field(sheet.say(W.asOf), day(status.asOf, language))
  field(
    sheet.say(W.valid),
    sheet.say(W.fromTo, { from: day(status.validFrom, language), until: day(status.validUntil, language) }),
  )
  sheet.blank()
  sheet.paragraph(sheet.say(W.closing))
  return sheet.text()
}

function unitsOf({ gtin, batch, serials }: ReleaseStatus, sheet: Sheet): string {
  const parts = [
    ...(gtin === null ? [] : [`GTIN ${gtin}`]),
    ...(batch === null ? [] : [sheet.say(W.batch, { batch })]),
    ...(serials === null ? [] : [sheet.say(W.serials, { serials })]),
  ]
  return parts.length === 0 ? sheet.say(W.allUnits) : parts.join(', ')
}
