import type { Settings } from '../contract.ts'
import { type Candidates, candidatesFor, type PasswordList } from './candidates.ts'
import type { TriableHash } from './hash.ts'

/** What trying passwords on a hash came to. */
export interface Guessing {
  readonly tried: number
  /** How many there were to try. */
  readonly of: number
  /** How many of the tried ones came from which list. */
  readonly lists: Readonly<Partial<Record<PasswordList, number>>>
  /** The password, where one fitted. */
  readonly found: { readonly password: string; readonly list: PasswordList } | undefined
}

/** A hash with the name that it is tried for. */
export interface Trial {
  readonly user: string
  /** Equal for what needs to be tried only once. */
  readonly key: string
  readonly hash: TriableHash
}

/**
 * Tries the usual passwords on some hashes. The work is shared evenly, in their order, so the result depends on them and the
 * settings alone; what one leaves over goes to the next ones. Equal ones are tried once.
 */
export function tryPasswords(trials: readonly Trial[], settings: Settings): readonly Guessing[] {
  const known = new Map<string, Guessing>()
  let waiting = new Set(trials.map(({ key }) => key)).size
  let left = settings.guesses
  return trials.map(({ user, key, hash }) => {
    const before = known.get(key)
    if (before) return before
    const share = left / Math.max(1, waiting--)
    const guessing = guess(hash, candidatesFor(user, settings), Math.floor(share / hash.cost))
    left -= guessing.tried * hash.cost
    known.set(key, guessing)
    return guessing
  })
}

/** @param most tries */
export function guess(hash: TriableHash, candidates: Candidates, most: number): Guessing {
  const end = Math.min(most, candidates.count)
  const lists: Partial<Record<PasswordList, number>> = {}
  let tried = 0
  while (tried < end) {
    const batch = Array.from({ length: Math.min(hash.batch, end - tried) }, (_, at) =>
      candidates.at(tried + at),
    ).filter((candidate) => candidate !== undefined)
    if (batch.length === 0) break
    const at = hash.find(batch.map(({ password }) => Buffer.from(password, 'utf8')))
    for (const { list } of at < 0 ? batch : batch.slice(0, at + 1)) lists[list] = (lists[list] ?? 0) + 1
    const found = batch[at]
    if (found) return { tried: tried + at + 1, of: candidates.count, lists, found }
    tried += batch.length
  }
  return { tried, of: candidates.count, lists, found: undefined }
}
