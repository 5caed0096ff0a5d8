import type { Text } from '@messlatte/model'
import { DEFAULT_WORDS } from '../../credentials/clear/words.ts'
import { USUAL_PASSWORDS } from '../../passwords/usual.ts'
import { alphabetOf } from './alphabet.ts'
import { countsOf, positionGroups } from './estimate.ts'
import { coreOf, type Shape, sum } from './shape.ts'

/** A pattern in the secrets themselves, whatever is public about the units. */
export interface Regularity {
  readonly rule:
    | 'close-together'
    | 'counter'
    | 'date'
    | 'one-character'
    | 'row'
    | 'uneven'
    | 'usual'
    | 'vowels'
    | 'words'
  readonly text: Text
  /** Units that show it, by their places in the list. */
  readonly units: readonly number[]
  /** Logarithm to base 10 of the probability, at most, that it comes about by chance; null where that is not the point. */
  readonly chance: number | null
  /** Whether it is more than a hint. */
  readonly strong: boolean
}

const UNLIKELY = -6
const USUAL = new Set([...USUAL_PASSWORDS.map((word) => word.toLowerCase()), ...DEFAULT_WORDS])

/** @param words the user's own, in lower case: names of the product, a dictionary */
export function regularitiesOf(
  values: readonly string[],
  shape: Shape,
  words: ReadonlySet<string>,
): readonly Regularity[] {
  const strong = [
    ...usual(values, shape),
    ...simple(values, shape),
    ...numbers(values, shape),
    ...dates(values),
    ...fromWords(values, words),
  ]
  return strong.some((one) => one.strong)
    ? strong
    : [...strong, ...vowels(values, shape), ...uneven(values, shape)]
}

/** Whether it is more than chance that these values are among some words, where all are drawn evenly. */
function isNoChance(
  found: readonly number[],
  values: readonly string[],
  words: number,
  { alphabet }: Shape,
): boolean {
  const chance = found.map((at) => values.length * words * alphabet.size ** -(values[at] as string).length)
  return sum(chance.map((one) => Math.min(0, Math.log10(one)))) <= UNLIKELY
}

function usual(values: readonly string[], shape: Shape): readonly Regularity[] {
  const units = where(values, (value) => USUAL.has(value.toLowerCase()))
  return units.length === 0
    ? []
    : [
        {
          rule: 'usual',
          text: {
            en: `${units.length} of ${values.length} are passwords that everybody tries first`,
            de: `${units.length} von ${values.length} sind Passwörter, die jeder zuerst versucht`,
          },
          units,
          chance: null,
          strong: isNoChance(units, values, USUAL.size, shape),
        },
      ]
}

const ROWS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
]

/** Rows of a length, in both directions, and values of one character. */
const SIMPLE = 100

function simple(values: readonly string[], shape: Shape): readonly Regularity[] {
  const one = where(values, (value) => value.length >= 4 && new Set(value).size === 1)
  const row = where(values, (value) => {
    const lower = value.toLowerCase()
    const back = [...lower].reverse().join('')
    return lower.length >= 4 && ROWS.some((keys) => keys.includes(lower) || keys.includes(back))
  })
  const say = (
    rule: 'one-character' | 'row',
    units: readonly number[],
    en: string,
    de: string,
  ): readonly Regularity[] =>
    units.length === 0
      ? []
      : [
          {
            rule,
            text: {
              en: `${units.length} of ${values.length} ${en}`,
              de: `${units.length} von ${values.length} ${de}`,
            },
            units,
            chance: null,
            strong: isNoChance(units, values, SIMPLE, shape),
          },
        ]
  return [
    ...say('one-character', one, 'are one character over and over', 'bestehen aus einem einzigen Zeichen'),
    ...say(
      'row',
      row,
      'are a row of the alphabet, of digits or of keys',
      'sind eine Reihe des Alphabets, von Ziffern oder von Tasten',
    ),
  ]
}

/** So many numbers are tried in no time. */
const SMALL_RANGE = 2 ** 20

/** Numbers that lie close together, or rise by the same step in the order of the list. */
function numbers(values: readonly string[], shape: Shape): readonly Regularity[] {
  const cores = values.map((value) => coreOf(value, shape))
  const base = values.every((value) => /^\d{3,18}$/.test(value))
    ? 10
    : values.every((value) => /^[0-9A-Fa-f]{3,16}$/.test(value))
      ? 16
      : 0
  const inner = base > 0 ? base : cores.every((core) => /^\d{2,18}$/.test(core)) ? 10 : 0
  if (inner === 0 || shape.distinct < 2 || shape.variety.length === 0) return []
  const texts = base > 0 ? values : cores
  const all = texts.map((text) => BigInt(inner === 10 ? text : `0x${text}`))
  const units = [...values.keys()]
  const steps = new Set(all.slice(1).map((number, at) => number - (all[at] as bigint)))
  const length = (texts[0] as string).length
  const space = length * Math.log10(inner)
  if (steps.size === 1 && values.length >= 3 && ![...steps].includes(0n)) {
    const chance = -(values.length - 2) * space
    if (chance <= UNLIKELY)
      return [
        {
          rule: 'counter',
          text: {
            en: 'they rise by the same step from line to line',
            de: 'sie steigen von Zeile zu Zeile um denselben Schritt',
          },
          units,
          chance,
          strong: true,
        },
      ]
  }
  const range = Number(max(all) - min(all)) + 1
  const chance = Math.log10(shape.distinct) + (shape.distinct - 1) * (Math.log10(range) - space)
  // Wider apart they only have a beginning in common, which the bits tell.
  return chance > UNLIKELY || range > SMALL_RANGE
    ? []
    : [
        {
          rule: 'close-together',
          text: {
            en: `as numbers, all lie within ${range} of a possible 10^${space.toFixed(1)}`,
            de: `als Zahlen liegen alle innerhalb von ${range} von möglichen 10^${space.toFixed(1)}`,
          },
          units,
          chance,
          strong: true,
        },
      ]
}

const max = (all: readonly bigint[]): bigint => all.reduce((a, b) => (a > b ? a : b))
const min = (all: readonly bigint[]): bigint => all.reduce((a, b) => (a < b ? a : b))

interface DateForm {
  readonly name: string
  readonly length: number
  readonly share: number
  readonly fits: (digits: string) => boolean
}

const YEARS = 36
const DATE_FORMS: readonly DateForm[] = [
  dateForm('YYYYMMDD', 8, (d) => [d.slice(0, 4), d.slice(4, 6), d.slice(6)]),
  dateForm('DDMMYYYY', 8, (d) => [d.slice(4), d.slice(2, 4), d.slice(0, 2)]),
  dateForm('MMDDYYYY', 8, (d) => [d.slice(4), d.slice(0, 2), d.slice(2, 4)]),
  dateForm('YYMMDD', 6, (d) => [`20${d.slice(0, 2)}`, d.slice(2, 4), d.slice(4)]),
  dateForm('DDMMYY', 6, (d) => [`20${d.slice(4)}`, d.slice(2, 4), d.slice(0, 2)]),
]

function dateForm(name: string, length: number, parts: (digits: string) => readonly string[]): DateForm {
  return {
    name,
    length,
    share: (YEARS * 366) / 10 ** length,
    fits(digits) {
      const [year = 0, month = 0, day = 0] = parts(digits).map(Number)
      return year >= 2000 && year < 2000 + YEARS && month >= 1 && month <= 12 && day >= 1 && day <= 31
    },
  }
}

function dates(values: readonly string[]): readonly Regularity[] {
  const distinct = new Set(values).size
  const longest = Math.max(...values.map(({ length }) => length))
  for (const { name, length, share, fits } of DATE_FORMS) {
    for (let at = 0; at + length <= Math.min(longest, 32); at++) {
      const all = values.every((value) => {
        const digits = value.slice(at, at + length)
        return /^\d+$/.test(digits) && digits.length === length && fits(digits)
      })
      const chance = distinct * Math.log10(share) + Math.log10(DATE_FORMS.length * longest)
      if (!all || chance > UNLIKELY) continue
      return [
        {
          rule: 'date',
          text: {
            en: `each holds a date (${name}) from character ${at + 1} on`,
            de: `jedes enthält ab Zeichen ${at + 1} ein Datum (${name})`,
          },
          units: [...values.keys()],
          chance,
          strong: true,
        },
      ]
    }
  }
  return []
}

/** Words of the user's own list that make up most of a value. */
function fromWords(values: readonly string[], words: ReadonlySet<string>): readonly Regularity[] {
  if (words.size === 0) return []
  const units = where(values, (value) => {
    const letters = value.toLowerCase().match(/[a-zäöüß]{4,}/g) ?? []
    return letters.some((run) => words.has(run) || splits(run, words))
  })
  if (units.length * 2 < values.length) return []
  return [
    {
      rule: 'words',
      text: {
        en: `${units.length} of ${values.length} are made of words of the list that was handed in`,
        de: `${units.length} von ${values.length} bestehen aus Wörtern der übergebenen Liste`,
      },
      units,
      chance: null,
      strong: true,
    },
  ]
}

function splits(run: string, words: ReadonlySet<string>): boolean {
  for (let at = 3; at + 3 <= run.length && at < 32; at++)
    if (words.has(run.slice(0, at)) && words.has(run.slice(at))) return true
  return false
}

/** Five of 26 letters are vowels; words have about twice as many. */
const VOWELS = 5 / 26

function vowels(values: readonly string[], shape: Shape): readonly Regularity[] {
  const text = [...new Set(values)]
    .map((value) =>
      coreOf(value, shape)
        .toLowerCase()
        .replaceAll(/[^a-z]/g, ''),
    )
    .join('')
  // Among hexadecimal digits every third letter is a vowel.
  if (text.length < 40 || /^[a-f]*$/.test(text)) return []
  const share = text.replaceAll(/[^aeiou]/g, '').length / text.length
  const deviations = (share - VOWELS) / Math.sqrt((VOWELS * (1 - VOWELS)) / text.length)
  return deviations < 5
    ? []
    : [
        {
          rule: 'vowels',
          text: {
            en: `${Math.round(share * 100)} % of the letters are vowels, as in words; drawn letters have 19 %`,
            de: `${Math.round(share * 100)} % der Buchstaben sind Vokale, wie in Wörtern; gezogene Buchstaben haben 19 %`,
          },
          units: [...values.keys()],
          chance: null,
          strong: false,
        },
      ]
}

/** Some characters stand far more often than others: chi-square over those that occur, its normal approximation. */
function uneven(values: readonly string[], shape: Shape): readonly Regularity[] {
  const worst = positionGroups(values, shape)
    .flatMap(({ text }) => {
      const counts = countsOf(text)
      const kinds = counts.size
      if (kinds < 2 || text.length < 5 * Math.max(kinds, alphabetOf(counts.keys()).size / 2)) return []
      const expected = text.length / kinds
      const chi = sum([...counts.values()].map((count) => (count - expected) ** 2 / expected))
      return [{ chi, freedom: kinds - 1, deviations: (chi - (kinds - 1)) / Math.sqrt(2 * (kinds - 1)) }]
    })
    .sort((a, b) => b.deviations - a.deviations)[0]
  if (!worst || worst.deviations < 6) return []
  const [chi, freedom] = [worst.chi.toFixed(0), worst.freedom]
  return [
    {
      rule: 'uneven',
      text: {
        en: `characters are far from equally frequent (chi-square ${chi}, ${freedom} degrees of freedom)`,
        de: `die Zeichen sind bei weitem nicht gleich häufig (Chi-Quadrat ${chi}, ${freedom} Freiheitsgrade)`,
      },
      units: [...values.keys()],
      chance: null,
      strong: false,
    },
  ]
}

function where(values: readonly string[], fits: (value: string) => boolean): readonly number[] {
  return values.flatMap((value, at) => (fits(value) ? [at] : []))
}
