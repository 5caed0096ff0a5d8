import type { Relation } from '../relations.ts'

export interface Family {
  readonly relations: readonly Relation[]
  readonly tried: number
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

/** Units in which relations are searched; the rules that these follow are the ones that count. */
export const MOST_SEARCHED = 200
