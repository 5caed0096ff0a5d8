import { alphabetOf } from '../alphabet.ts'
import { digestsOf, encodingsFor, hashInputs } from '../hashes.ts'
import { chanceOf, type Question, type UnitValue } from '../relations.ts'
import { type Family, Followers, spread } from './family.ts'

/** Shorter ones stand in some digest by chance. */
const LEAST = 4
/** Hashing is dear, and units that follow a rule are many. */
const MOST_UNITS = 60

/** Secrets that are a part of a digest of what is public, in one of the usual spellings. */
export function digests({ units, cores, shape }: Question): Family {
  const followers = new Followers<{ readonly id: string; readonly at: number; readonly end: boolean }>()
  const [least, most] = [
    Math.min(...cores.map(({ length }) => length)),
    Math.max(...cores.map(({ length }) => length)),
  ]
  if (least < LEAST || shape.distinct < 2) return { relations: [], tried: 0 }
  const alphabet = alphabetOf(new Set(cores.join('')))
  const sample = cores.slice(0, MOST_UNITS).join('')
  const encodings = encodingsFor((characters) => alphabetOf(sample + characters).size === alphabet.size)
  let tried = 0
  const searched = spread(units.length, MOST_UNITS)
  for (const unit of searched) {
    const { publics, value } = units[unit] as UnitValue
    const core = cores[unit] as string
    let own = 0
    for (const input of hashInputs(publics)) {
      for (const { id, text } of digestsOf(input, encodings)) {
        own += Math.max(1, text.length - core.length + 1)
        const at = text.indexOf(value)
        const found = at >= 0 ? at : text.indexOf(core)
        if (found < 0) continue
        followers.add(`${id} @${found}`, { id, at: found, end: false }, unit, value)
        const behind = text.length - found - (at >= 0 ? value : core).length
        followers.add(`${id} @-${behind}`, { id, at: behind, end: true }, unit, value)
      }
    }
    tried = Math.max(tried, own)
  }
  const relations = [...followers.all()].map(({ rule, about, units: who, distinct }) => ({
    rule,
    text: about.end
      ? {
          en: `${about.id}, up to ${about.at} characters before its end`,
          de: `${germanId(about.id)}, bis ${about.at} Zeichen vor dem Ende`,
        }
      : {
          en: `${about.id}, from character ${about.at + 1} on`,
          de: `${germanId(about.id)}, ab Zeichen ${about.at + 1}`,
        },
    units: who,
    of: searched.length,
    characters: most,
    whole: true,
    chance: chanceOf(alphabet.size, least, distinct, who.length, searched.length),
  }))
  return { relations, tried }
}

const GERMAN: readonly (readonly [string, string])[] = [
  [', its decimal digits among the hexadecimal ones', ', davon die Dezimalziffern'],
  [', hexadecimal lower case', ', hexadezimal in Kleinbuchstaben'],
  [', hexadecimal upper case', ', hexadezimal in Großbuchstaben'],
  [', with a line feed', ', mit Zeilenvorschub'],
  [', one behind the other', ', hintereinander'],
  [', each byte modulo ', ', jedes Byte modulo '],
  [', decimal', ', dezimal'],
  [', upper case', ', Großbuchstaben'],
  [', lower case', ', Kleinbuchstaben'],
  [' into ', ' in '],
  [' of ', ' von '],
  [' and ', ' und '],
  ['with colons', 'mit Doppelpunkten'],
  ['with hyphens', 'mit Bindestrichen'],
  ['12 digits', '12 Ziffern'],
  ['last 6 digits', 'letzte 6 Ziffern'],
  ['six bytes', 'sechs Bytes'],
  ['as it is', 'wie es dasteht'],
]

function germanId(id: string): string {
  return GERMAN.reduce((text, [en, de]) => text.replace(en, de), id)
}
