import type { SecretValues } from '@messlatte/model'
import { decimal } from '../figures.ts'
import type { Sheet } from '../terminal/sheet.ts'
import { ALPHABET_WORDS, UNITS_WORDS as W } from './words.ts'

const LABEL = 16

/** What values tell, in lines behind a label each. */
export function writeValues(sheet: Sheet, values: SecretValues, indent: number): void {
  const field = (label: string, text: string) => sheet.field(label, text, indent, LABEL)
  const length =
    values.shortest === values.longest ? String(values.longest) : `${values.shortest}–${values.longest}`
  const alphabet = ALPHABET_WORDS[values.alphabet]
  const form = [
    sheet.say(W.formLine, {
      length,
      alphabet: alphabet ? sheet.say(alphabet) : values.alphabet,
      size: values.alphabetSize,
    }),
    ...(values.sharedAtStart > 0 ? [sheet.say(W.sharedStart, { count: values.sharedAtStart })] : []),
    ...(values.sharedAtEnd > 0 ? [sheet.say(W.sharedEnd, { count: values.sharedAtEnd })] : []),
    ...(values.checkDigit ? [sheet.say(W.checkDigit)] : []),
  ]
  field(sheet.say(W.form), form.join('; '))
  if (values.distinct < 2) return
  if (values.variety.length > 0)
    field(sheet.say(W.variety), sheet.say(W.varietyLine, { list: values.variety.join(' ') }))
  const bits = [
    sheet.say(W.atMost, { bits: decimal(values.bitsAtMost, 1, sheet.language) }),
    ...(values.bitsEstimated === null
      ? []
      : [sheet.say(W.estimated, { bits: decimal(values.bitsEstimated, 1, sheet.language) })]),
    ...(values.bitsByEqualPairs === null
      ? []
      : [sheet.say(W.byPairs, { bits: decimal(values.bitsByEqualPairs, 1, sheet.language) })]),
  ]
  field(sheet.say(W.bits), bits.join('; '))
  for (const { text, follow, of, chance } of values.relations)
    field(
      sheet.say(W.relation),
      sheet.say(W.relationLine, { follow, of, chance, rule: text[sheet.language] }),
    )
  if (values.relations.length === 0) {
    const publics = values.comparedWith.join(', ')
    field(
      sheet.say(W.relation),
      publics === ''
        ? sheet.say(W.noPublics)
        : sheet.say(W.noRelation, { publics, tried: values.rulesTried }),
    )
  }
  for (const { text } of values.regularities) field(sheet.say(W.regularity), text[sheet.language])
}
