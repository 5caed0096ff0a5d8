import { BCRYPT_LANES, bcrypt } from '@messlatte/bytes'
import { type HashKind, isHarmless } from '../hash.ts'

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** Beyond this one try takes more than half a second. */
const MOST_COST = 13
/** One round, next to md5crypt. */
const COST_PER_ROUND = 0.45

/** bcrypt in the spellings of its implementations; they differ for passwords that are not ASCII only. */
export const bcryptKind: HashKind = (text) => {
  const match = /^(\$2[abxy]\$(\d\d)\$)([./0-9A-Za-z]{22})([./0-9A-Za-z]{31})$/.exec(text)
  if (!match) return undefined
  const [, setting = '', stated, salt = '', digest = ''] = match
  const cost = Number(stated)
  if (cost < 4 || cost > 31) return undefined
  if (cost > MOST_COST) return { state: 'untried', scheme: 'bcrypt', why: 'cost-too-high' }
  const [saltBytes, target] = [decode(salt, 16), Buffer.from(decode(digest, 23))]
  return {
    state: 'hash',
    hash: {
      scheme: 'bcrypt',
      cost: COST_PER_ROUND * 2 ** cost,
      repeat: isHarmless(salt)
        ? `perl -lne 'print crypt($_, q{${setting.replace('2y', '2b')}${salt}})'`
        : undefined,
      batch: BCRYPT_LANES,
      find(passwords) {
        for (let from = 0; from < passwords.length; from += BCRYPT_LANES) {
          const digests = bcrypt(passwords.slice(from, from + BCRYPT_LANES), saltBytes, cost)
          const at = digests.findIndex((one) => target.equals(one))
          if (at >= 0) return from + at
        }
        return -1
      },
    },
  }
}

/** Most significant six bits first; no padding. */
function decode(text: string, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => {
    const bit = at * 8
    const [first, second, third] = [0, 1, 2].map((next) =>
      ALPHABET.indexOf(text.charAt(Math.floor(bit / 6) + next)),
    )
    const joined = ((first ?? 0) << 12) | ((second ?? 0) << 6) | ((third ?? 0) & 63)
    return (joined >> (10 - (bit % 6))) & 255
  })
}
