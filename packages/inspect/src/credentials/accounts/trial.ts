import type { Settings } from '../../contract.ts'
import { candidatesFor } from './candidates.ts'
import { passwordField, type TriableHash } from './crypt/field.ts'
import type { FieldFact, Guessing } from './facts.ts'
import type { AccountLine } from './parse.ts'

export interface Trials {
  /** In the order of the lines. */
  readonly fields: readonly FieldFact[]
  /** Hashes on which not every candidate was tried. */
  readonly cut: number
}

/**
 * Tries the usual passwords on every hash of a file. The work is shared evenly, in the order of the lines, so the result
 * depends on the file and the settings alone; what one hash leaves over goes to the next ones. A hash that stands there
 * twice for the same user is tried once.
 */
export function tryPasswords(
  lines: readonly AccountLine[],
  file: 'passwd' | 'shadow',
  settings: Settings,
): Trials {
  const known = new Map<string, FieldFact>()
  const fields = lines.map(({ field }) => passwordField(field, file))
  let waiting = new Set(lines.filter((_, at) => fields[at]?.state === 'hash').map(keyOf)).size
  let left = settings.guesses
  let cut = 0

  function tried(line: AccountLine, hash: TriableHash): FieldFact {
    const share = Math.floor(left / Math.max(1, waiting--))
    const guessing = guess(hash, line.user, settings.productWords, Math.floor(share / hash.cost))
    left -= guessing.tried * hash.cost
    if (!guessing.found && guessing.tried < guessing.of) cut++
    return { state: 'hash', scheme: hash.scheme, repeat: hash.repeat, guessing }
  }

  const facts = lines.map((line, at): FieldFact => {
    const field = fields[at] ?? { state: 'unusable' }
    if (field.state !== 'hash') return field
    const fact = known.get(keyOf(line)) ?? tried(line, field.hash)
    known.set(keyOf(line), fact)
    return fact
  })
  return { fields: facts, cut }
}

function keyOf({ user, field }: AccountLine): string {
  return `${user}:${field}`
}

function guess(hash: TriableHash, user: string, productWords: readonly string[], most: number): Guessing {
  const candidates = candidatesFor(user, productWords)
  let tried = 0
  for (const { password, list } of candidates.slice(0, most)) {
    tried++
    if (hash.matches(password)) return { tried, of: candidates.length, found: { password, list } }
  }
  return { tried, of: candidates.length, found: undefined }
}
