import { hash } from 'node:crypto'
import { cryptRounds, ROUNDS_LANES, type RoundsLane } from '@messlatte/bytes'
import { byLength, type HashKind, isHarmless } from '../hash.ts'
import { itoa64Groups } from '../itoa64.ts'

/** What `rounds=` is when it is not said, and its bounds (Drepper, "Unix crypt using SHA-256 and SHA-512"). */
const ROUNDS = { usual: 5000, least: 1000, most: 999_999_999 } as const

type ShaCryptDigest = 'sha256' | 'sha512'

const ORDER: Readonly<Record<ShaCryptDigest, readonly (readonly number[])[]>> = {
  sha256: [...turns(30, 10, 'third-first'), [31, 30]],
  sha512: [...turns(63, 21, 'second-first'), [63]],
}

/** Byte triples over three equal parts of the digest, each turned by one place against the one before. */
function turns(
  bytes: number,
  part: number,
  turn: 'third-first' | 'second-first',
): readonly (readonly number[])[] {
  const step = turn === 'third-first' ? 2 : 1
  return Array.from({ length: bytes / 3 }, (_, row) => {
    const from = (row * step) % 3
    return [0, 1, 2].map((place) => row + ((from + place) % 3) * part)
  })
}

/** Beyond these one try takes a tenth of a second and more. */
const MOST_ROUNDS = 500_000
/** So many rounds cost as much as a try of md5crypt. */
const ROUNDS_PER_COST = 250

/** crypt(3)'s `$5$` and `$6$`. */
export const shaKind: HashKind = (text) => {
  const match =
    /^\$([56])\$(?:rounds=(\d{1,10})\$)?([^$]{0,16})\$([./0-9A-Za-z]{43}|[./0-9A-Za-z]{86})$/.exec(text)
  if (!match) return undefined
  const [, name, stated, salt = '', digest = ''] = match
  const algorithm: ShaCryptDigest = name === '5' ? 'sha256' : 'sha512'
  if (digest.length !== (name === '5' ? 43 : 86)) return undefined
  const rounds =
    stated === undefined ? ROUNDS.usual : Math.min(ROUNDS.most, Math.max(ROUNDS.least, Number(stated)))
  if (rounds > MOST_ROUNDS) return { state: 'untried', scheme: algorithm, why: 'cost-too-high' }
  return {
    state: 'hash',
    hash: {
      scheme: algorithm,
      cost: rounds / ROUNDS_PER_COST,
      // OpenSSL knows no `rounds=`.
      repeat:
        stated === undefined && isHarmless(salt) ? `openssl passwd -${name} -salt ${salt} -stdin` : undefined,
      batch: 16 * ROUNDS_LANES[algorithm],
      find(passwords) {
        return shaCrypt(algorithm, passwords, salt, rounds).indexOf(digest)
      },
    },
  }
}

/**
 * The digest characters of `$5$` (43) and `$6$` (86) for each password.
 * @param salt at most 16 characters count @param rounds within ROUNDS
 */
export function shaCrypt(
  algorithm: ShaCryptDigest,
  passwords: readonly Uint8Array[],
  salt: string,
  rounds: number,
): readonly string[] {
  const saltBytes = Buffer.from(salt.slice(0, 16), 'latin1')
  const most = ROUNDS_LANES[algorithm]
  const digests: string[] = []
  for (const group of byLength(passwords)) {
    for (let from = 0; from < group.length; from += most) {
      const some = group.slice(from, from + most)
      const lanes = some.map(({ password }) => firstOf(algorithm, password, saltBytes))
      cryptRounds(algorithm, lanes, rounds).forEach((digest, lane) => {
        digests[some[lane]?.at ?? 0] = itoa64Groups(digest, ORDER[algorithm])
      })
    }
  }
  return digests
}

function firstOf(algorithm: ShaCryptDigest, password: Uint8Array, salt: Uint8Array): RoundsLane {
  const digestOf = (...parts: readonly Uint8Array[]): Buffer =>
    hash(algorithm, Buffer.concat(parts), 'buffer')
  const inner = digestOf(password, salt, password)
  const parts: Uint8Array[] = [password, salt, stretched(inner, password.length)]
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? inner : password)
  const digest = digestOf(...parts)
  return {
    digest,
    password: stretched(digestOf(...Array<Uint8Array>(password.length).fill(password)), password.length),
    salt: stretched(digestOf(...Array<Uint8Array>(16 + (digest[0] ?? 0)).fill(salt)), salt.length),
  }
}

/** The digest repeated and cut to a length. */
function stretched(digest: Uint8Array, length: number): Uint8Array {
  const result = new Uint8Array(length)
  for (let at = 0; at < length; at += digest.length)
    result.set(digest.subarray(0, Math.min(digest.length, length - at)), at)
  return result
}
