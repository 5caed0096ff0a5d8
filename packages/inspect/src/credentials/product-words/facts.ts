import type { Facts } from '../../contract.ts'

/** Most likely first; so many are tried. */
const MOST_WORDS = 24

declare module '../../contract.ts' {
  interface FactMap {
    /** A name of the product, of its model or of its maker, as the release has it. `rank`: the lower, the likelier. */
    'product.word': { readonly word: string; readonly rank: number }
  }
}

/** The words of a release, most likely first, each once. */
export function productWords(facts: Facts): readonly string[] {
  const sorted = facts.of('product.word').toSorted((a, b) => a.data.rank - b.data.rank)
  return [...new Set(sorted.map(({ data }) => data.word))].slice(0, MOST_WORDS)
}
