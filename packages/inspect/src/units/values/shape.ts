import { type Alphabet, alphabetOf } from './alphabet.ts'

/** What values have in common by their form. Holds no character of them. */
export interface Shape {
  readonly count: number
  readonly distinct: number
  /** Units with the same value, by their places in the list; only groups of two and more. */
  readonly groups: readonly (readonly number[])[]
  readonly shortest: number
  readonly longest: number
  readonly alphabet: Alphabet
  /** Characters that all begin and end with. */
  readonly prefix: number
  readonly suffix: number
  /** Different characters at each position; empty where the lengths differ. */
  readonly variety: readonly number[]
  /** Positions that are not the same in all. */
  readonly varying: number
  /** Bits: no generator of this form gives more. */
  readonly atMost: number
}

/** From so many values on, the characters of each position tell its own alphabet. */
const ENOUGH_FOR_POSITIONS = 12

/** @param values at least one, none empty */
export function shapeOf(values: readonly string[]): Shape {
  const distinct = [...new Set(values)]
  const lengths = distinct.map(({ length }) => length)
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)]
  const prefix = distinct.length < 2 ? 0 : sharedStart(distinct)
  const suffix =
    distinct.length < 2
      ? 0
      : Math.min(shortest - prefix, sharedStart(distinct.map(reversed), shortest - prefix))
  const alphabet = alphabetOf(new Set(distinct.join('')))
  const columns = shortest === longest ? columnsOf(distinct, longest) : []
  const varyingColumns = columns.filter((one) => one.size > 1)
  const varying = columns.length > 0 ? varyingColumns.length : longest - prefix - suffix
  const bits = Math.log2(alphabet.size)
  const atMost =
    distinct.length < 2
      ? 0
      : columns.length > 0 && distinct.length >= ENOUGH_FOR_POSITIONS
        ? sum(varyingColumns.map((one) => Math.log2(alphabetOf(one).size)))
        : varying * bits
  return {
    count: values.length,
    distinct: distinct.length,
    groups: groupsOf(values),
    shortest,
    longest,
    alphabet,
    prefix,
    suffix,
    variety: columns.map((one) => one.size),
    varying,
    atMost,
  }
}

/** What is left of a value without what all begin and end with. */
export function coreOf(value: string, { prefix, suffix }: Pick<Shape, 'prefix' | 'suffix'>): string {
  return value.slice(prefix, value.length - suffix)
}

function groupsOf(values: readonly string[]): readonly (readonly number[])[] {
  const byValue = Map.groupBy(values.keys(), (at) => values[at] as string)
  return [...byValue.values()].filter((group) => group.length > 1)
}

function columnsOf(values: readonly string[], length: number): readonly ReadonlySet<string>[] {
  return Array.from({ length }, (_, at) => new Set(values.map((value) => value[at] as string)))
}

function sharedStart(values: readonly string[], most = Number.POSITIVE_INFINITY): number {
  const [first = ''] = values
  let at = 0
  while (at < first.length && at < most && values.every((value) => value[at] === first[at])) at++
  return at
}

export function reversed(text: string): string {
  return [...text].reverse().join('')
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
