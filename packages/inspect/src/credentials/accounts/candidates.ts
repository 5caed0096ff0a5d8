import { USUAL_PASSWORDS } from './passwords.ts'

/** Which list a password came from. */
export type PasswordList = 'usual-defaults' | 'names-and-product-words'

export interface Candidate {
  readonly password: string
  readonly list: PasswordList
}

/** So many of the usual ones are tried before anything that is made up from names. */
const MOST_USUAL = 14
const MOST_WORDS = 50
const MOST_LENGTH = 64

const USUAL = new Set(USUAL_PASSWORDS)

/** What is worth trying for an account, most likely first, each once. */
export function candidatesFor(user: string, productWords: readonly string[]): readonly Candidate[] {
  const usual = USUAL_PASSWORDS
  const own = user.length > 0 && user.length <= MOST_LENGTH ? [user] : []
  const stated = productWords
    .filter((word) => word.length > 0 && word.length <= MOST_LENGTH)
    .slice(0, MOST_WORDS)
  const all = [
    ...own,
    ...usual.slice(0, MOST_USUAL),
    ...own.flatMap(variants),
    ...stated,
    ...stated.flatMap(variants),
    ...usual.slice(MOST_USUAL),
  ]
  return [...new Set(all)].map((password) => ({
    password,
    list: USUAL.has(password) ? 'usual-defaults' : 'names-and-product-words',
  }))
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
