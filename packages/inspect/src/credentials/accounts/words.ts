import type { Facts, ReduceOut, Settings } from '../../contract.ts'
import { candidatesOfWords } from '../../passwords/candidates.ts'
import type { Guessing } from '../../passwords/trial.ts'
import { productWords } from '../product-words/facts.ts'
import type { AccountEntry } from './join.ts'

/** Hashes of one release on which they are tried. */
const MOST_HASHES = 32

/** Asks for tries of what the release says about its product; the accounts with what they came to, once that is known. */
export function tryProductWords(
  facts: Facts,
  out: Pick<ReduceOut, 'ask'>,
  settings: Settings,
): readonly AccountEntry[] {
  const entries = facts.of('account.entry')
  const words = productWords(facts)
  if (words.length === 0) return entries
  const answers = new Map(facts.of('answer.guess').map(({ data }) => [data.ask, data.guess]))
  const work = Math.floor(settings.guesses / 2)
  let left = MOST_HASHES
  return entries.map((entry): AccountEntry => {
    const { place, data } = entry
    if (data.open === undefined || data.field.state !== 'hash' || left-- <= 0) return entry
    const passwords = candidatesOfWords(data.user, words, settings)
    const id = `credentials.accounts ${place.path}@${place.offset}`
    const { path, offset, length } = place
    out.ask({ kind: 'guess', id, path, offset, length, hash: data.open, passwords, work })
    const answer = answers.get(id)
    if (!answer) return entry
    const guessing = withMore(data.field.guessing, answer.tried, passwords.length, answer.found)
    return { ...entry, data: { ...data, field: { ...data.field, guessing } } }
  })
}

function withMore(before: Guessing, tried: number, of: number, found: string | undefined): Guessing {
  const list = 'names-and-product-words'
  return {
    tried: before.tried + tried,
    of: before.of + of,
    lists: { ...before.lists, [list]: (before.lists[list] ?? 0) + tried },
    found: found === undefined ? undefined : { password: found, list },
  }
}
