import { scryptSync } from 'node:crypto'
import { yescrypt, yescryptMemory } from '@messlatte/bytes'
import { type HashKind, oneByOne, type ReadHash } from '../hash.ts'
import { bytesOfItoa64, fromItoa64 } from '../itoa64.ts'

/** More memory for one try is not spent. */
const MOST_MEMORY = 128 * 1024 * 1024
/** Bytes of memory that cost as much to fill and use as a try of md5crypt. */
const BYTES_PER_COST = 100_000
/** The one flavour that crypt(3) gives. */
const USUAL_FLAVOUR = 47

/** libxcrypt's `$y$`: yescrypt with its usual flavour; others are told and not tried. */
export const yescryptKind: HashKind = (text) => {
  const match = /^(\$y\$([./0-9A-Za-z]{3,20})\$([./0-9A-Za-z]{0,86})\$)([./0-9A-Za-z]{43})$/.exec(text)
  if (!match)
    return /^\$y\$./.test(text)
      ? { state: 'untried', scheme: 'yescrypt', why: 'not-computed-here' }
      : undefined
  const [, setting, parameters = '', salt = '', digest = ''] = match
  const [flavour, n, r] = numbersIn(parameters) ?? []
  const [saltBytes, target] = [bytesOfItoa64(salt), bytesOfItoa64(digest)]
  if (flavour !== USUAL_FLAVOUR || n === undefined || r === undefined || !saltBytes || !target || n < 2)
    return { state: 'untried', scheme: 'yescrypt', why: 'not-computed-here' }
  const memory = n > 40 ? Number.POSITIVE_INFINITY : yescryptMemory(2 ** n, r)
  if (memory > MOST_MEMORY) return { state: 'untried', scheme: 'yescrypt', why: 'cost-too-high' }
  return oneByOne(
    'yescrypt',
    Math.max(1, memory / BYTES_PER_COST),
    `perl -lne 'print crypt($_, q{${setting}})'`,
    (password) => target.equals(yescrypt(password, saltBytes, 2 ** n, r)),
  )
}

/** libxcrypt's `$7$`: scrypt with the salt as it is written. */
export const scryptKind: HashKind = (text) => {
  const match =
    /^(\$7\$([./0-9A-Za-z])([./0-9A-Za-z]{5})([./0-9A-Za-z]{5})([./0-9A-Za-z]{0,86})\$)([./0-9A-Za-z]{43})$/.exec(
      text,
    )
  const target = bytesOfItoa64(match?.[6] ?? '')
  if (!match || !target) return undefined
  const [, setting, n = '', r = '', p = '', salt = ''] = match
  return scrypt(
    { n: fromItoa64(n), r: fixedNumber(r), p: fixedNumber(p) },
    Buffer.from(salt, 'latin1'),
    target,
    `perl -lne 'print crypt($_, q{${setting}})'`,
  )
}

/** Werkzeug's `scrypt:N:r:p$salt$hex`, the default of Flask. */
export const werkzeugScryptKind: HashKind = (text) => {
  const match = /^scrypt:(\d{1,8}):(\d{1,3}):(\d{1,3})\$([^$]{1,64})\$([0-9a-f]{128})$/.exec(text)
  if (!match) return undefined
  const [, n = '', r = '', p = '', salt = '', digest = ''] = match
  const power = Math.log2(Number(n))
  if (!Number.isInteger(power)) return undefined
  return scrypt(
    { n: power, r: Number(r), p: Number(p) },
    Buffer.from(salt, 'latin1'),
    Buffer.from(digest, 'hex'),
    undefined,
  )
}

interface ScryptCost {
  /** Binary logarithm. */
  readonly n: number
  readonly r: number
  readonly p: number
}

function scrypt(
  { n, r, p }: ScryptCost,
  salt: Buffer,
  target: Buffer,
  repeat: string | undefined,
): ReadHash | undefined {
  if (n < 1 || r < 1 || p < 1) return undefined
  const memory = 128 * r * 2 ** n
  if (n > 40 || memory > MOST_MEMORY || p > 64)
    return { state: 'untried', scheme: 'scrypt', why: 'cost-too-high' }
  const options = { N: 2 ** n, r, p, maxmem: memory + 128 * r * p + 1024 * 1024 }
  // Salsa20 with eight rounds over memory that is written once and read once: three times the cost of yescrypt.
  return oneByOne('scrypt', Math.max(1, (3 * p * memory) / BYTES_PER_COST), repeat, (password) =>
    target.equals(scryptSync(password, salt, target.length, options)),
  )
}

/** 30 bits in five characters, least significant first. */
function fixedNumber(text: string): number {
  return [...text].reduce((sum, character, at) => sum + fromItoa64(character) * 2 ** (6 * at), 0)
}

/**
 * yescrypt's numbers of one or more characters: the first tells how many follow, and each length begins where the shorter
 * ones end. The first number counts from 0, the others from 1.
 */
function numbersIn(text: string): readonly number[] | undefined {
  const numbers: number[] = []
  let at = 0
  while (at < text.length) {
    const first = fromItoa64(text.charAt(at++))
    let [start, end, more, bits] = [0, 47, 0, 0]
    let value = numbers.length === 0 ? 0 : 1
    while (first > end) {
      value += (end + 1 - start) * 2 ** bits
      start = end + 1
      end = start + Math.floor((62 - end) / 2)
      more++
      bits += 6
    }
    value += (first - start) * 2 ** bits
    for (; more > 0; more--) {
      if (at === text.length) return undefined
      bits -= 6
      value += fromItoa64(text.charAt(at++)) * 2 ** bits
    }
    numbers.push(value)
  }
  return numbers.length === 3 ? numbers : undefined
}
