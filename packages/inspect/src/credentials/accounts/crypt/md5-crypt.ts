import { hash } from 'node:crypto'
import { itoa64Groups } from './itoa64.ts'

const ROUNDS = 1000
const ORDER = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [11]]

/**
 * The 22 characters of the digest of crypt(3)'s `$1$` (FreeBSD 2, Poul-Henning Kamp) and Apache's `$apr1$`, which
 * differs only in the magic that is mixed in.
 * @param salt at most 8 characters count
 */
export function md5Crypt(password: Uint8Array, salt: string, magic: '$1$' | '$apr1$'): string {
  const saltBytes = Buffer.from(salt.slice(0, 8), 'latin1')
  const inner = md5(Buffer.concat([password, saltBytes, password]))
  const parts: Uint8Array[] = [password, Buffer.from(magic), saltBytes]
  for (let left = password.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)))
  // A quirk of the first implementation that all others keep: a zero byte or the first character per bit of the length.
  for (let bits = password.length; bits > 0; bits >>= 1) {
    parts.push(bits & 1 ? new Uint8Array(1) : password.subarray(0, 1))
  }
  let digest = md5(Buffer.concat(parts))
  const joined = Buffer.alloc(16 + 2 * password.length + saltBytes.length)
  for (let round = 0; round < ROUNDS; round++) {
    let at = 0
    const add = (piece: Uint8Array): void => {
      joined.set(piece, at)
      at += piece.length
    }
    add(round & 1 ? password : digest)
    if (round % 3) add(saltBytes)
    if (round % 7) add(password)
    add(round & 1 ? digest : password)
    digest = md5(joined.subarray(0, at))
  }
  return itoa64Groups(digest, ORDER)
}

function md5(data: Uint8Array): Buffer {
  return hash('md5', data, 'buffer')
}
