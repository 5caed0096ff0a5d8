import type { CheckResult } from '@messlatte/model'
import { bytes, day } from '../figures.ts'
import { answersOf } from '../view/answers.ts'
import { cutOffSentence } from '../view/closing.ts'
import { columnName, columnsOf, countsOf } from '../view/columns.ts'
import { opaqueSentence } from '../view/regions.ts'
import { staleSentence } from '../view/stale.ts'
import {
  EDITION_WORDS,
  PRODUCT_FIELDS,
  PRODUCT_WORDS,
  VERDICT_SYMBOLS,
  VERDICT_WORDS,
  VERDICTS,
  WORDS,
} from '../words.ts'
import type { Sheet } from './sheet.ts'
import { glued } from './wrap.ts'

const MOST_FILES = 12
const LABEL = 12

export function writeHead(sheet: Sheet, result: CheckResult): void {
  sheet.line(`Messlatte ${result.tool.version}`, 'soft')
  sheet.blank()
  for (const answer of answersOf(result, sheet.language)) {
    sheet.paragraph(answer.question)
    sheet.paragraph(answer.text, 2, '', 'strong')
  }
  for (const column of columnsOf(result)) {
    const counts = countsOf(result, column)
    const parts = VERDICTS.filter((it) => counts[it] > 0).map((it) =>
      glued(`${VERDICT_SYMBOLS[it]} ${counts[it]} ${sheet.say(VERDICT_WORDS[it])}`),
    )
    sheet.field(columnName(column, sheet.language), parts.join(' · '), 2, LABEL)
  }
  const opaque = opaqueSentence(result, sheet.language)
  if (opaque !== undefined) sheet.paragraph(opaque, 4, '  !')
  sheet.blank()
  writeAbout(sheet, result)
}

function writeAbout(sheet: Sheet, result: CheckResult): void {
  const field = (label: string, value: string) => sheet.field(label, value, 0, LABEL)
  const product = PRODUCT_FIELDS.map(
    (it) =>
      `${sheet.say(PRODUCT_WORDS[it])}:\u00a0${glued(result.product[it] ?? sheet.say(WORDS.notStated))}`,
  )
  const stated = PRODUCT_FIELDS.some((it) => result.product[it] !== null)
  const origin = stated ? ` (${sheet.say(WORDS.asStated)})` : ''
  field(sheet.say(WORDS.product), product.join(' · ') + origin)
  sheet.list(result.images, MOST_FILES, LABEL, (image, i) => {
    const label = i > 0 ? '' : sheet.say(result.images.length > 1 ? WORDS.files : WORDS.file)
    field(label, `${image.name}, ${bytes(image.size, sheet.language)}`)
    field('', `SHA-256 ${image.sha256}`)
  })
  field(sheet.say(WORDS.standard), sheet.say(EDITION_WORDS[result.assessment.catalogue.id]))
  for (const profile of result.assessment.profiles) {
    field(sheet.say(WORDS.profile), `${profile.id}: ${profile.title[sheet.language]}`)
    field('', profile.caveat[sheet.language])
    field('', cutOffSentence(profile, result.assessment.asOf, sheet.language))
  }
  field(sheet.say(WORDS.asOf), day(result.assessment.asOf, sheet.language))
  const stale = staleSentence(result, sheet.language)
  if (stale !== undefined) sheet.paragraph(stale, 4, '  !')
  if (result.options.revealed) sheet.paragraph(sheet.say(WORDS.revealed), 2, '!', 'strong')
}
