import { hash } from 'node:crypto'
import { cryptRounds, ROUNDS_LANES, type RoundsLane } from '@messlatte/bytes'
import { byLength, type HashKind, isHarmless } from '../hash.ts'
import { itoa64Groups } from '../itoa64.ts'

const ROUNDS = 1000
const ORDER = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [11]]
const LANES = ROUNDS_LANES.md5

/** crypt(3)'s `$1$` (FreeBSD 2, Poul-Henning Kamp) and Apache's `$apr1$`, which differs only in the magic that is mixed in. */
export const md5Kind: HashKind = (text) => {
  const match = /^(\$(1|apr1)\$)([^$]{0,8})\$([./0-9A-Za-z]{22})$/.exec(text)
  if (!match) return undefined
  const [, magic = '', name, salt = '', digest] = match
  return {
    state: 'hash',
    hash: {
      scheme: name === '1' ? 'md5' : 'apr1',
      cost: 1,
      repeat: isHarmless(salt) ? `openssl passwd -${name} -salt ${salt} -stdin` : undefined,
      batch: 16 * LANES,
      find(passwords) {
        return md5Crypt(passwords, salt, magic).indexOf(digest ?? '')
      },
    },
  }
}

/** The 22 digest characters for each password. @param salt at most 8 characters count */
export function md5Crypt(passwords: readonly Uint8Array[], salt: string, magic: string): readonly string[] {
  const saltBytes = Buffer.from(salt.slice(0, 8), 'latin1')
  const digests: string[] = []
  for (const group of byLength(passwords)) {
    for (let from = 0; from < group.length; from += LANES) {
      const some = group.slice(from, from + LANES)
      const lanes = some.map(({ password }) => firstOf(password, saltBytes, magic))
      cryptRounds('md5', lanes, ROUNDS).forEach((digest, lane) => {
        digests[some[lane]?.at ?? 0] = itoa64Groups(digest, ORDER)
      })
    }
  }
  return digests
}

function firstOf(password: Uint8Array, salt: Uint8Array, magic: string): RoundsLane {
  const inner = md5(Buffer.concat([password, salt, password]))
  const parts: Uint8Array[] = [password, Buffer.from(magic), salt]
  for (let left = password.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)))
  // A quirk of the first implementation that all others keep: a zero byte or the first character per bit of the length.
  for (let bits = password.length; bits > 0; bits >>= 1) {
    parts.push(bits & 1 ? new Uint8Array(1) : password.subarray(0, 1))
  }
  return { digest: md5(Buffer.concat(parts)), password, salt }
}

function md5(data: Uint8Array): Buffer {
  return hash('md5', data, 'buffer')
}
