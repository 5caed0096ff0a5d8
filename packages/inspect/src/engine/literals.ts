import { type Bytes, createSearch } from '@messlatte/bytes'

/** Offsets by literal. */
export type LiteralMatches = ReadonlyMap<string, readonly number[]>

const MOST_MATCHES = 10_000
const NONE: LiteralMatches = new Map()

/** Finds all checks' literals in one pass. Where literals overlap, each is found. */
export function createLiteralScanner(literals: readonly string[]): (bytes: Bytes) => LiteralMatches {
  const unique = [...new Set(literals)]
  const search = createSearch(unique)
  return (bytes) => {
    let matches: Map<string, number[]> | undefined
    let count = 0
    search(bytes, (index, offset) => {
      const literal = unique[index] as string
      matches ??= new Map()
      const offsets = matches.get(literal)
      if (offsets) offsets.push(offset)
      else matches.set(literal, [offset])
      return ++count < MOST_MATCHES
    })
    return matches ?? NONE
  }
}
