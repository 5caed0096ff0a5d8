import { fieldText, type PublicValue } from '../identity.ts'
import { chanceOf, type Question, type Relation } from '../relations.ts'
import type { Family } from './family.ts'

/** Units that it takes: two always have one difference, and three lie on one line more often. */
const LEAST_UNITS = 3
const HOWS = ['difference', 'exclusive-or', 'line'] as const
type How = (typeof HOWS)[number]

/** A unit with a public number and its secret as a number. */
interface Pair {
  readonly unit: number
  readonly number: bigint
  readonly secret: bigint
}

/** How the secrets are read. */
interface Reading {
  readonly base: 10 | 16
  readonly length: number
  readonly secrets: readonly bigint[]
}

/**
 * Secrets that are numbers, and have to a public number of their units the same difference (modulo their length), the same
 * exclusive or, or the same factor and difference.
 */
export function differences({ units, cores }: Question): Family {
  const readings = readingsOf(
    units.map(({ value }) => value),
    cores,
  )
  if (units.length < LEAST_UNITS || readings.length === 0) return { relations: [], tried: 0 }
  const fields = (units[0]?.publics ?? []).filter(({ kind }) => kind !== 'ssid')
  let tried = 0
  const relations = readings.flatMap((reading) =>
    fields.flatMap((field) =>
      [0, 10, 8, 7, 6].flatMap((digits) => {
        const pairs = units.flatMap(({ publics }, unit): readonly Pair[] => {
          const own = publics.find(({ name }) => name === field.name)
          const number = own && numberOf(own, digits)
          return number === undefined ? [] : [{ unit, number, secret: reading.secrets[unit] as bigint }]
        })
        tried += HOWS.length
        return HOWS.flatMap((how) => relationOf(pairs, field, digits, how, reading))
      }),
    ),
  )
  return { relations, tried }
}

function readingsOf(values: readonly string[], cores: readonly string[]): readonly Reading[] {
  const numbers = values.every((value) => /^[0-9A-Fa-f]{3,15}$/.test(value)) ? values : cores
  const length = Math.max(...numbers.map((number) => number.length))
  return [
    ...(numbers.every((number) => /^\d{3,15}$/.test(number))
      ? [{ base: 10 as const, length, secrets: numbers.map(BigInt) }]
      : []),
    ...(numbers.every((number) => /^[0-9A-Fa-f]{3,12}$/.test(number))
      ? [{ base: 16 as const, length, secrets: numbers.map((number) => BigInt(`0x${number}`)) }]
      : []),
  ]
}

/** A MAC address as its number, and the number at the end of any other text. @param digits of it, from its end; 0: all */
function numberOf({ kind, value }: PublicValue, digits: number): bigint | undefined {
  const text = kind === 'mac' ? value : /\d{3,18}$/.exec(value)?.[0]
  if (text === undefined || (digits > 0 && text.length <= digits)) return undefined
  return BigInt(`${kind === 'mac' ? '0x' : ''}${text.slice(-digits)}`)
}

function relationOf(
  pairs: readonly Pair[],
  field: PublicValue,
  digits: number,
  how: How,
  { base, length }: Reading,
): readonly Relation[] {
  const [most] = [...distancesOf(pairs, how, base, length)].sort((a, b) => b.length - a.length)
  const distinct = new Set(most?.map(({ secret }) => secret)).size
  // A line has two free numbers, a distance one.
  const free = how === 'line' ? 2 : 1
  if (!most || distinct < LEAST_UNITS + free - 1) return []
  const name = fieldText(field)
  const part = digits === 0 ? PART.whole : PART.end(digits)
  return [
    {
      rule: `${how} ${field.name}${digits === 0 ? '' : ` last ${digits}`} base ${base}`,
      text: {
        en: `${HOW_TEXT[how].en} ${name.en} as a number${part.en}, in each unit`,
        de: `${HOW_TEXT[how].de} ${name.de} als Zahl${part.de}, in jedem Gerät`,
      },
      units: most.map(({ unit }) => unit),
      of: pairs.length,
      characters: length,
      whole: true,
      chance: chanceOf(base, length, distinct - free, most.length, pairs.length),
    },
  ]
}

const HOW_TEXT = {
  difference: { en: 'the same difference to', de: 'dieselbe Differenz zu' },
  'exclusive-or': { en: 'the same exclusive or with', de: 'dasselbe exklusive Oder mit' },
  line: { en: 'the same factor and difference to', de: 'derselbe Faktor und dieselbe Differenz zu' },
} as const

const PART = {
  whole: { en: '', de: '' },
  end: (digits: number) => ({ en: ` (its last ${digits} digits)`, de: ` (seine letzten ${digits} Ziffern)` }),
}

function distancesOf(
  pairs: readonly Pair[],
  how: How,
  base: number,
  length: number,
): Iterable<readonly Pair[]> {
  const space = BigInt(base) ** BigInt(length)
  switch (how) {
    case 'difference':
      return Map.groupBy(
        pairs,
        ({ number, secret }) => (((secret - number) % space) + space) % space,
      ).values()
    case 'exclusive-or':
      return Map.groupBy(pairs, ({ number, secret }) => (secret ^ number) % 16n ** BigInt(length)).values()
    case 'line':
      return onLine(pairs)
  }
}

/** Those that lie on the line through the first two that differ, with another factor than one. */
function onLine(pairs: readonly Pair[]): readonly (readonly Pair[])[] {
  const [first] = pairs
  const second =
    first && pairs.find(({ number, secret }) => number !== first.number && secret !== first.secret)
  if (!first || !second) return []
  const [run, rise] = [second.number - first.number, second.secret - first.secret]
  if (run === rise) return []
  return [
    pairs.filter(({ number, secret }) => (secret - first.secret) * run === (number - first.number) * rise),
  ]
}
