import { alphabetOf } from './alphabet.ts'
import { coreOf, type Shape, sum } from './shape.ts'

/** Fewer values than this say too little about a generator. */
export const ENOUGH_UNITS = 20

export interface Estimate {
  /** Bits of a whole value, with 99 % confidence not less, if its characters are drawn alike and independently. */
  readonly bits: number
  /** Characters that went into it. */
  readonly characters: number
}

/**
 * The most common value estimate of NIST SP 800-90B (2018), 6.3.1, over the characters at the positions that vary; positions with
 * different alphabets apart. It holds for characters that are drawn alike and independently; whether they are, it does not show.
 */
export function estimateOf(values: readonly string[], shape: Shape): Estimate | undefined {
  if (shape.distinct < ENOUGH_UNITS || shape.varying === 0) return undefined
  const groups = positionGroups(values, shape)
  return {
    bits: sum(groups.map(({ text, positions }) => positions * bitsOf(text))),
    characters: sum(groups.map(({ text }) => text.length)),
  }
}

function bitsOf(text: string): number {
  const share = Math.max(...countsOf(text).values()) / text.length
  const bound = Math.min(1, share + 2.576 * Math.sqrt((share * (1 - share)) / Math.max(1, text.length - 1)))
  return Math.max(0, -Math.log2(bound))
}

export function countsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}

/** The characters at positions of the same alphabet, of all values. */
interface PositionGroup {
  readonly positions: number
  readonly text: string
}

/** Positions that vary, by their alphabets; values of different lengths are one group, from their start to their end. */
export function positionGroups(values: readonly string[], shape: Shape): readonly PositionGroup[] {
  const distinct = [...new Set(values)]
  if (shape.variety.length === 0) {
    const text = distinct.map((value) => coreOf(value, shape)).join('')
    return [{ positions: shape.shortest - shape.prefix - shape.suffix, text }]
  }
  const columns = shape.variety.flatMap((different, at) =>
    different > 1 ? [distinct.map((value) => value[at] as string).join('')] : [],
  )
  const byAlphabet = Map.groupBy(columns, (column) => alphabetOf(column).id)
  return [...byAlphabet.values()].map((group) => ({ positions: group.length, text: group.join('') }))
}

/**
 * How many different values there are, by how many pairs are equal among n: n(n-1)/2 pairs, each equal with one over that number.
 * Bits; undefined without an equal pair.
 */
export function bitsByCollisions({ count, groups }: Pick<Shape, 'count' | 'groups'>): number | undefined {
  const pairs = groups.reduce((total, { length }) => total + (length * (length - 1)) / 2, 0)
  return pairs === 0 ? undefined : Math.log2((count * (count - 1)) / 2 / pairs)
}
