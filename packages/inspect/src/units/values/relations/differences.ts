import { fieldText, type PublicValue } from '../identity.ts'
import { chanceOf, type Question, type Relation } from '../relations.ts'
import type { Family } from './family.ts'

/** Units that it takes: two always have one difference. */
const LEAST_UNITS = 3

/** Secrets that are numbers, and lie at the same distance from a public number in each unit (also after an exclusive or). */
export function differences({ units, cores, shape }: Question): Family {
  const values = units.map(({ value }) => value)
  const numbers = values.every((value) => /^[0-9A-Fa-f]{3,15}$/.test(value)) ? values : cores
  const decimal = numbers.every((number) => /^\d{3,15}$/.test(number))
  const hex = numbers.every((number) => /^[0-9A-Fa-f]{3,12}$/.test(number))
  const length = Math.max(...numbers.map((number) => number.length))
  if ((!decimal && !hex) || units.length < LEAST_UNITS) return { relations: [], tried: 0 }
  const fields = (units[0]?.publics ?? []).filter(({ kind }) => kind !== 'ssid')
  const bases = [...(decimal ? [10] : []), ...(hex ? [16] : [])]
  let tried = 0
  const relations = fields.flatMap((field) =>
    bases.flatMap((base) =>
      (['difference', 'exclusive-or'] as const).flatMap((how): readonly Relation[] => {
        tried++
        const pairs = units.flatMap(({ publics }, unit) => {
          const own = publics.find(({ name }) => name === field.name)
          const number = own === undefined ? undefined : numberOf(own)
          return number === undefined
            ? []
            : [
                {
                  unit,
                  number,
                  secret: BigInt(base === 10 ? (numbers[unit] as string) : `0x${numbers[unit]}`),
                },
              ]
        })
        return relationOf(
          pairs,
          field,
          how,
          BigInt(base) ** BigInt(length),
          base,
          length,
          shape.prefix + shape.suffix,
        )
      }),
    ),
  )
  return { relations, tried }
}

interface Pair {
  readonly unit: number
  readonly number: bigint
  readonly secret: bigint
}

function relationOf(
  pairs: readonly Pair[],
  field: PublicValue,
  how: 'difference' | 'exclusive-or',
  space: bigint,
  base: number,
  length: number,
  constant: number,
): readonly Relation[] {
  const distances = Map.groupBy(pairs, ({ number, secret }) =>
    how === 'difference'
      ? (((secret - number) % space) + space) % space
      : (secret ^ number) % (1n << (4n * BigInt(length))),
  )
  const [most] = [...distances.values()].sort((a, b) => b.length - a.length)
  const distinct = new Set(most?.map(({ secret }) => secret)).size
  if (!most || distinct < LEAST_UNITS) return []
  const name = fieldText(field)
  const [en, de] =
    how === 'difference'
      ? ['the same difference', 'dieselbe Differenz']
      : ['the same exclusive or', 'dasselbe exklusive Oder']
  return [
    {
      rule: `${how} ${field.name} base ${base}`,
      text: {
        en: `${en} to ${name.en} as a number, in each unit`,
        de: `${de} zu ${name.de} als Zahl, in jedem Gerät`,
      },
      units: most.map(({ unit }) => unit),
      of: pairs.length,
      characters: length + constant,
      whole: true,
      chance: chanceOf(base, length, distinct - 1, most.length, pairs.length),
    },
  ]
}

/** A MAC address as its number, and the number at the end of any other text. */
function numberOf({ kind, value }: PublicValue): bigint | undefined {
  if (kind === 'mac') return BigInt(`0x${value}`)
  const digits = /\d{3,18}$/.exec(value)?.[0]
  return digits === undefined ? undefined : BigInt(digits)
}
