import { type Bytes, forEachWindow } from '@messlatte/bytes'

/** Offsets by literal. */
export type LiteralMatches = ReadonlyMap<string, readonly number[]>

const WINDOW = 128 * 1024
const MOST_MATCHES = 10_000
const NONE: LiteralMatches = new Map()

/**
 * Finds all checks' literals in one pass: one expression over byte-string windows that stay in the processor's cache.
 * Where literals overlap, each is found.
 */
export function createLiteralScanner(literals: readonly string[]): (bytes: Bytes) => LiteralMatches {
  const unique = [...new Set(literals)]
  if (unique.length === 0) return () => NONE
  const longest = Math.max(...unique.map((literal) => literal.length))
  const pattern = new RegExp(unique.map(escapeRegExp).join('|'), 'g')

  return (bytes) => {
    let matches: Map<string, number[]> | undefined
    let count = 0
    forEachWindow(bytes, 0, bytes.size, WINDOW, longest - 1, (window, at) => {
      const text = window.toString('latin1')
      pattern.lastIndex = 0
      for (let match = pattern.exec(text); match && match.index < WINDOW; match = pattern.exec(text)) {
        matches ??= new Map()
        for (const literal of unique) {
          if (!text.startsWith(literal, match.index)) continue
          const offsets = matches.get(literal)
          if (offsets) offsets.push(at + match.index)
          else matches.set(literal, [at + match.index])
          if (++count >= MOST_MATCHES) return false
        }
        pattern.lastIndex = match.index + 1
      }
      return true
    })
    return matches ?? NONE
  }
}

function escapeRegExp(byteString: string): string {
  return byteString.replace(/[^A-Za-z0-9]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
