import type { GuessAnswer, GuessAsk } from '../../contract.ts'
import type { Candidates } from '../../passwords/candidates.ts'
import { readCrypt } from '../../passwords/read.ts'
import { guess } from '../../passwords/trial.ts'

/** Undefined where the hash is none that is computed here. */
export function guessOf({ hash, passwords, work }: GuessAsk): GuessAnswer | undefined {
  const read = readCrypt(hash)
  if (read?.state !== 'hash') return undefined
  const candidates: Candidates = {
    count: passwords.length,
    at(index) {
      const password = passwords[index]
      return password === undefined ? undefined : { password, list: 'names-and-product-words' }
    },
  }
  const { tried, found } = guess(read.hash, candidates, Math.floor(work / read.hash.cost))
  return found ? { tried, found: found.password } : { tried }
}
