import type { Relation } from '../relations.ts'

export interface Family {
  readonly relations: readonly Relation[]
  readonly tried: number
  /** Not all was searched. */
  readonly cut?: boolean
}

/** Units by the rule that they follow. */
export class Followers<About> {
  readonly #rules = new Map<string, { readonly about: About; readonly units: Map<number, string> }>()

  add(rule: string, about: About, unit: number, text: string): void {
    const known = this.#rules.get(rule)
    if (known) known.units.set(unit, text)
    else if (this.#rules.size < MOST_RULES) this.#rules.set(rule, { about, units: new Map([[unit, text]]) })
  }

  /** Each rule with its units, and how many different texts they hit. */
  *all(): Generator<{
    readonly rule: string
    readonly about: About
    readonly units: readonly number[]
    readonly distinct: number
  }> {
    for (const [rule, { about, units }] of this.#rules)
      yield {
        rule,
        about,
        units: [...units.keys()].sort((a, b) => a - b),
        distinct: new Set(units.values()).size,
      }
  }
}

/** Rules with a follower that are kept; by chance alone a few hundred have one. */
const MOST_RULES = 200_000

/** Units in which relations are searched: those of a long list that lie evenly in it. */
export const MOST_SEARCHED = 200

/** Places of at most so many, evenly spread. */
export function spread(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at)
  return Array.from({ length: most }, (_, at) => Math.floor((at * count) / most))
}

/** Characters that a family may compare before it stops. */
export class Effort {
  #left: number
  constructor(most: number) {
    this.#left = most
  }

  /** False once there is nothing left. */
  spend(work: number): boolean {
    this.#left -= work
    return this.#left > 0
  }

  isSpent(): boolean {
    return this.#left <= 0
  }
}
