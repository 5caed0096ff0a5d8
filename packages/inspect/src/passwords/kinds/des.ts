import { DES_LANES, desEncrypt } from '@messlatte/bytes'
import { type HashKind, oneByOne, type ReadHash } from '../hash.ts'
import { fromItoa64 } from '../itoa64.ts'

const KEY = 8
const ITERATIONS = 25
// 64 bits in eleven characters: the last two bits are zero, so that only sixteen characters can stand at the end.
const TRADITIONAL = /^[./0-9A-Za-z]{12}[.26AEIMQUYcgkosw]$/
const EXTENDED = /^_[./0-9A-Za-z]{18}[.26AEIMQUYcgkosw]$/
/** One try of traditional crypt, next to md5crypt. */
const COST = 0.01
/** Beyond this one try takes more than a tenth of a second. */
const MOST_ITERATIONS = 2_000_000

/** The traditional crypt(3): DES, 25 times over a zero block. Only the lowest seven bits of the first eight bytes count. */
export const desKind: HashKind = (text) => {
  if (!TRADITIONAL.test(text)) return undefined
  const salt = text.slice(0, 2)
  return many('des', COST, `perl -lne 'print crypt($_, "${salt}")'`, text.slice(2), (passwords) =>
    desEncrypt(keysOf(passwords), undefined, numberIn(salt), ITERATIONS),
  )
}

/** BSDi's extended crypt: `_`, a count of iterations and 24 bits of salt, four characters each, and passwords of any length. */
export const bsdiKind: HashKind = (text) => {
  if (!EXTENDED.test(text)) return undefined
  const [iterations, salt] = [numberIn(text.slice(1, 5)), numberIn(text.slice(5, 9))]
  if (iterations === 0) return undefined
  if (iterations > MOST_ITERATIONS) return { state: 'untried', scheme: 'BSDi', why: 'cost-too-high' }
  const cost = Math.max(COST, (COST * iterations) / ITERATIONS)
  return many(
    'BSDi',
    cost,
    `perl -lne 'print crypt($_, "${text.slice(0, 9)}")'`,
    text.slice(9),
    (passwords) => desEncrypt(foldedKeys(passwords), undefined, salt, iterations),
  )
}

/** The two halves of LAN Manager's hash, in capitals and seven characters each, over a fixed block. @param text 32 hex digits */
export function lmHash(text: string): ReadHash {
  const target = Buffer.from(text, 'hex')
  return oneByOne('LM', COST, undefined, (password) => lanManager(password).equals(target))
}

const LM_BLOCK = Buffer.from('KGS!@#$%', 'latin1')

/** 16 bytes; for passwords of ASCII, as others depend on a code page. */
export function lanManager(password: Uint8Array): Buffer {
  const capitals = Buffer.from(Buffer.from(password).toString('latin1').toUpperCase(), 'latin1')
  const padded = Buffer.concat([capitals, Buffer.alloc(14)]).subarray(0, 14)
  const keys = Buffer.concat([spread(padded.subarray(0, 7)), spread(padded.subarray(7))])
  return Buffer.from(desEncrypt(keys, Buffer.concat([LM_BLOCK, LM_BLOCK]), 0, 1))
}

/** 56 bits over eight bytes, with the lowest bit of each left free. */
function spread(seven: Uint8Array): Buffer {
  return Buffer.from(
    Uint8Array.from({ length: KEY }, (_, at) => {
      const pair = ((seven[at - 1] ?? 0) << 8) | (seven[at] ?? 0)
      return (pair >> at) & 0xfe
    }),
  )
}

function many(
  scheme: string,
  cost: number,
  repeat: string,
  digest: string,
  compute: (passwords: readonly Uint8Array[]) => Uint8Array,
): ReadHash {
  const target = decoded(digest)
  const find = (passwords: readonly Uint8Array[]): number => {
    for (let from = 0; from < passwords.length; from += DES_LANES) {
      const some = passwords.slice(from, from + DES_LANES)
      const results = Buffer.from(compute(some))
      const at = some.findIndex(
        (_, lane) => results.compare(target, 0, KEY, lane * KEY, lane * KEY + KEY) === 0,
      )
      if (at >= 0) return from + at
    }
    return -1
  }
  return { state: 'hash', hash: { scheme, cost, repeat, batch: DES_LANES, find } }
}

/** Characters are the upper seven bits of each byte of a key. */
function keysOf(passwords: readonly Uint8Array[]): Uint8Array {
  const keys = new Uint8Array(passwords.length * KEY)
  passwords.forEach((password, lane) => {
    for (let at = 0; at < KEY; at++) keys[lane * KEY + at] = (password[at] ?? 0) << 1
  })
  return keys
}

/** Behind the first eight characters, a key is encrypted with itself and mixed with the next eight. */
function foldedKeys(passwords: readonly Uint8Array[]): Uint8Array {
  let keys = keysOf(passwords)
  const longest = Math.max(0, ...passwords.map(({ length }) => length))
  for (let from = KEY; from < longest; from += KEY) {
    const next = keysOf(passwords.map((password) => password.subarray(from, from + KEY)))
    const encrypted = desEncrypt(keys, keys, 0, 1)
    keys = keys.map((byte, at) => {
      const goesOn = (passwords[Math.floor(at / KEY)]?.length ?? 0) > from
      return goesOn ? (encrypted[at] as number) ^ (next[at] as number) : byte
    })
  }
  return keys
}

/** Least significant six bits first. */
function numberIn(text: string): number {
  return [...text].reduce((number, character, at) => number | (fromItoa64(character) << (6 * at)), 0)
}

/** Eight bytes out of eleven characters, most significant first. */
function decoded(text: string): Buffer {
  let bits = 0n
  for (const character of text) bits = (bits << 6n) | BigInt(fromItoa64(character))
  return Buffer.from((bits >> 2n).toString(16).padStart(16, '0'), 'hex')
}
