import { hash } from 'node:crypto'
import { itoa64Groups } from './itoa64.ts'

/** What `rounds=` is when it is not said, and its bounds (Drepper, "Unix crypt using SHA-256 and SHA-512"). */
export const SHA_CRYPT_ROUNDS = { usual: 5000, least: 1000, most: 999_999_999 } as const

export type ShaCryptDigest = 'sha256' | 'sha512'

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

/**
 * The digest characters of crypt(3)'s `$5$` (43) and `$6$` (86).
 * @param salt at most 16 characters count
 * @param rounds within SHA_CRYPT_ROUNDS
 */
export function shaCrypt(
  algorithm: ShaCryptDigest,
  password: Uint8Array,
  salt: string,
  rounds: number,
): string {
  const digestOf = (...parts: readonly Uint8Array[]): Buffer =>
    hash(algorithm, Buffer.concat(parts), 'buffer')
  const saltBytes = Buffer.from(salt.slice(0, 16), 'latin1')
  const inner = digestOf(password, saltBytes, password)
  const parts: Uint8Array[] = [password, saltBytes, stretched(inner, password.length)]
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? inner : password)
  const first = digestOf(...parts)
  const p = stretched(digestOf(...Array<Uint8Array>(password.length).fill(password)), password.length)
  const s = stretched(digestOf(...Array<Uint8Array>(16 + (first[0] ?? 0)).fill(saltBytes)), saltBytes.length)
  return itoa64Groups(mixed(algorithm, first, p, s, rounds), ORDER[algorithm])
}

function mixed(
  algorithm: ShaCryptDigest,
  first: Buffer,
  p: Uint8Array,
  s: Uint8Array,
  rounds: number,
): Uint8Array {
  const joined = Buffer.alloc(first.length + 2 * p.length + s.length)
  let digest = first
  for (let round = 0; round < rounds; round++) {
    const head = round & 1 ? p : digest
    const tail = round & 1 ? digest : p
    joined.set(head, 0)
    let at = head.length
    if (round % 3) {
      joined.set(s, at)
      at += s.length
    }
    if (round % 7) {
      joined.set(p, at)
      at += p.length
    }
    joined.set(tail, at)
    digest = hash(algorithm, joined.subarray(0, at + tail.length), 'buffer')
  }
  return digest
}

/** The digest repeated and cut to a length. */
function stretched(digest: Uint8Array, length: number): Uint8Array {
  const result = new Uint8Array(length)
  for (let at = 0; at < length; at += digest.length)
    result.set(digest.subarray(0, Math.min(digest.length, length - at)), at)
  return result
}
