import type { Settings } from '../contract.ts'
import { MOST_PASSWORD } from './hash.ts'
import { USUAL_PASSWORDS } from './usual.ts'

/** Which list a password came from. */
export type PasswordList = 'usual-defaults' | 'names-and-product-words' | 'wordlist'

export interface Candidate {
  readonly password: string
  readonly list: PasswordList
}

export interface Candidates {
  readonly count: number
  /** Most likely first. */
  at(index: number): Candidate | undefined
}

/** So many of the usual ones are tried before anything that is made up from names. */
const MOST_USUAL = 14
const MOST_WORDS = 50

const USUAL = new Set(USUAL_PASSWORDS)

/** What is worth trying for an account, most likely first, each once; the user's own list comes last. */
export function candidatesFor(
  user: string,
  { productWords, wordlist = [] }: Pick<Settings, 'productWords' | 'wordlist'>,
): Candidates {
  const own = fits(user) ? [user] : []
  const stated = productWords.filter(fits).slice(0, MOST_WORDS)
  const made = new Set([
    ...own,
    ...USUAL_PASSWORDS.slice(0, MOST_USUAL),
    ...own.flatMap(variants),
    ...stated,
    ...stated.flatMap(variants),
    ...USUAL_PASSWORDS.slice(MOST_USUAL),
  ])
  const first = [...made].filter(fits)
  return {
    count: first.length + wordlist.length,
    at(index) {
      const password = first[index]
      if (password !== undefined)
        return { password, list: USUAL.has(password) ? 'usual-defaults' : 'names-and-product-words' }
      const word = wordlist[index - first.length]
      return word === undefined ? undefined : { password: word, list: 'wordlist' }
    },
  }
}

/** What words of the product add to what was tried for an account before. @param words found in the image */
export function candidatesOfWords(
  user: string,
  words: readonly string[],
  settings: Pick<Settings, 'productWords' | 'wordlist'>,
): readonly string[] {
  const before = candidatesFor(user, { ...settings, wordlist: [] })
  const tried = new Set([...Array(before.count).keys()].map((at) => before.at(at)?.password))
  const own = new Set(settings.wordlist ?? [])
  const fitting = words.filter(fits).slice(0, MOST_WORDS)
  const made = new Set([
    ...fitting,
    ...fitting.map((word) => word.toLowerCase()),
    ...fitting.flatMap(variants),
  ])
  return [...made].filter((password) => fits(password) && !tried.has(password) && !own.has(password))
}

function fits(password: string): boolean {
  return password.length > 0 && Buffer.byteLength(password, 'utf8') <= MOST_PASSWORD
}

function variants(name: string): readonly string[] {
  const lower = name.toLowerCase()
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1)
  return [
    ...['123', '1234', '1', '12345', '@123', '123456', '#123', '!', '2024', '2025'].map((end) => name + end),
    lower,
    capital,
    name.toUpperCase(),
    lower.replace(/[^a-z0-9]/g, ''),
    `${capital}123`,
    `${capital}@123`,
    `${name}${name}`,
    [...name].reverse().join(''),
  ]
}
