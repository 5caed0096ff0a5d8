import type { ComparedSecret } from '@messlatte/model'
import type { Sheet } from '../terminal/sheet.ts'
import { writeValues } from './values.ts'
import { KIND_WORDS, OPENS_WORDS, OUTCOME_WORDS, OUTCOMES, UNITS_WORDS as W } from './words.ts'

const MOST = 40
const MOST_PLACES = 6

/** The secrets by how they compare, what speaks against the product first. */
export function writeSecrets(sheet: Sheet, secrets: readonly ComparedSecret[]): void {
  sheet.heading(`${sheet.say(W.secretsHead)} (${secrets.length})`)
  if (secrets.length === 0) sheet.paragraph(sheet.say(W.nothing))
  for (const outcome of OUTCOMES) {
    const own = secrets.filter((one) => one.outcome === outcome)
    if (own.length === 0) continue
    sheet.paragraph(`${sheet.say(OUTCOME_WORDS[outcome])} (${own.length})`, 0, '', 'strong')
    sheet.list(own, MOST, 2, (one) => writeSecret(sheet, one))
  }
}

function writeSecret(sheet: Sheet, secret: ComparedSecret): void {
  const { name, subject, kind, opens, groups, places, inRelease, values, outcome } = secret
  const shown = [
    `${sheet.say(KIND_WORDS[kind])} ${name} (${subject}; ${sheet.say(OPENS_WORDS[opens])})`,
    ...(outcome === 'partly-equal' ? groups.map((group) => group.join(' = ')) : []),
    ...(inRelease ? [sheet.say(W.inRelease)] : []),
  ]
  sheet.paragraph(shown.join('; '), 4, '  •')
  for (const { unit, path, form, publicSha256 } of places.slice(0, MOST_PLACES)) {
    const half = publicSha256 === null ? '' : `, ${sheet.say(W.public)} ${publicSha256.slice(0, 16)}…`
    sheet.paragraph(`${unit}: ${path} (${form}${half})`, 6)
  }
  if (places.length > MOST_PLACES) sheet.paragraph(sheet.more(places.length - MOST_PLACES), 6)
  if (values && values.distinct > 1) writeValues(sheet, values, 6)
}
