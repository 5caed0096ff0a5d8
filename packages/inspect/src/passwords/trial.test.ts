import { describe, expect, it } from 'vitest'
import type { Settings } from '../contract.ts'
import { type Candidates, candidatesFor } from './candidates.ts'
import { readCrypt } from './read.ts'
import { type Trial, tryPasswords } from './trial.ts'
import { USUAL_GROUPS, USUAL_PASSWORDS } from './usual.ts'

const MD5 = '$1$aaaa$5zOe4j1kyLiZ5DYi.wRtb1'
const DES = 'zzDLl3x1MA49g'
/** `root`. */
const WEAK = 'ab6TRGT20sY26'

function settings(guesses: number, more: Partial<Settings> = {}): Settings {
  return { trusted: [], trustedDigests: [], guesses, productWords: [], ...more }
}

function trial(user: string, text: string): Trial {
  const read = readCrypt(text)
  if (read?.state !== 'hash') throw new Error(`${text} is no hash`)
  return { user, key: `${user}:${text}`, hash: read.hash }
}

function all(candidates: Candidates): readonly string[] {
  return Array.from({ length: candidates.count }, (_, at) => candidates.at(at)?.password ?? '')
}

describe('the budget of guesses', () => {
  it('is shared evenly, counts what a try costs, and passes on what is left', () => {
    const guessings = tryPasswords([trial('a', MD5), trial('c', MD5), trial('d', DES)], settings(30))
    // A try of md5crypt costs 1, one of DES a hundredth.
    expect(guessings.map(({ tried }) => tried)).toEqual([10, 10, candidatesFor('d', settings(0)).count])
  })

  it('goes on to the others when one was found at once', () => {
    const [weak, other] = tryPasswords([trial('root', WEAK), trial('b', MD5)], settings(20))
    expect(weak).toMatchObject({ tried: 1, found: { password: 'root' }, lists: { 'usual-defaults': 1 } })
    expect(other?.tried).toBe(19)
  })

  it('tries what stands there twice once', () => {
    expect(tryPasswords([trial('b', MD5), trial('b', MD5)], settings(20)).map(({ tried }) => tried)).toEqual([
      20, 20,
    ])
  })

  it('says from which lists the tried ones came', () => {
    const [guessing] = tryPasswords([trial('Tech', DES)], settings(1000, { wordlist: ['one', 'two'] }))
    const { lists, tried, of } = guessing ?? { lists: {} }
    expect(lists.wordlist).toBe(2)
    expect(Object.values(lists).reduce((sum, count) => sum + count, 0)).toBe(tried)
    expect(tried).toBe(of)
  })

  it('finds what only the list of the user has', () => {
    const strong = '$1$aaaa$5zOe4j1kyLiZ5DYi.wRtb1'
    const word = 'Vx9-never-in-a-list-4411'
    expect(tryPasswords([trial('x', strong)], settings(5000, { wordlist: ['no', word] }))[0]?.found).toEqual({
      password: word,
      list: 'wordlist',
    })
  })
})

describe('what is tried', () => {
  it('holds every usual password once, each with its source', () => {
    expect(new Set(USUAL_PASSWORDS).size).toBe(USUAL_PASSWORDS.length)
    expect(USUAL_PASSWORDS.length).toBeGreaterThan(700)
    expect(USUAL_PASSWORDS.filter((password) => password === '' || /\s/.test(password))).toEqual([])
    for (const { source, passwords } of USUAL_GROUPS) {
      expect(source.length).toBeGreaterThan(20)
      expect(passwords).not.toEqual([])
    }
  })

  it('begins with the own name, and comes in the same order every time', () => {
    const candidates = candidatesFor('Tech', { productWords: ['Acme Cam'] })
    expect(candidates.at(0)).toEqual({ password: 'Tech', list: 'names-and-product-words' })
    expect(candidates.at(1)).toEqual({ password: 'admin', list: 'usual-defaults' })
    expect(candidates.at(candidates.count)).toBeUndefined()
    const passwords = all(candidates)
    expect(passwords).toEqual(expect.arrayContaining(['tech123', 'acmecam', 'hceT', 'Acme Cam123']))
    expect(all(candidatesFor('Tech', { productWords: ['Acme Cam'] }))).toEqual(passwords)
    expect(new Set(passwords).size).toBe(passwords.length)
  })

  it('is bounded, however much is stated, and leaves out what is too long for a hash', () => {
    const words = Array.from({ length: 5000 }, (_, at) => `word${at}`)
    const candidates = candidatesFor('x'.repeat(5000), { productWords: [...words, 'ß'.repeat(37)] })
    expect(candidates.count).toBeLessThan(2000)
    expect(all(candidates).every((password) => Buffer.byteLength(password) <= 72)).toBe(true)
    expect(
      all(candidatesFor('ß'.repeat(36), { productWords: [] })).every((one) => Buffer.byteLength(one) <= 72),
    ).toBe(true)
  })
})
