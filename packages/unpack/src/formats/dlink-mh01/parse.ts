import { createDecipheriv, type Decipheriv } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { DLINK_KEYS } from '../dlink-keys.ts'
import type { Stored } from '../members.ts'
import { SALTED, SALTED_HEADER, saltedSecret } from '../openssl-salted.ts'

export const MAGIC = 'MH01'
const HEADER = 16
const KEY = 16
const BLOCK = 16
/** The vector stands in front of what is encrypted, as a line of hexadecimal digits. */
const VECTOR_LINE = /^[0-9a-f]{32}\n$/

/** Two parts behind a header. Images have one within the other: a signature is the second part of the outer one. */
export interface Mh01 {
  readonly first: Stored
  readonly second: Stored
}

/** The header at `at`, or undefined for what is none. Its byte order is told by a mark. */
export function parseMh01(bytes: Bytes, at: number): Mh01 | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const mark = new Reader(header, 'little', 12).u16()
  if (latin1(header.subarray(0, 4)) !== MAGIC || (mark !== 0x1a2b && mark !== 0x2b1a)) return undefined
  const reader = new Reader(header, mark === 0x1a2b ? 'little' : 'big', 4)
  const [firstLength, secondLength] = [reader.u32(), reader.u32()]
  if (firstLength === 0 || secondLength === 0) return undefined
  return {
    first: { at: at + HEADER, length: firstLength },
    second: { at: at + HEADER + firstLength, length: secondLength },
  }
}

/** Where a vector and what openssl encrypted with it are the two parts: where the latter begins. */
export function encryptedPart(bytes: Bytes, { first, second }: Mh01): Stored | undefined {
  if (second.at + SALTED_HEADER + BLOCK > bytes.size || second.length < SALTED_HEADER + BLOCK)
    return undefined
  if (first.length !== 33 || !VECTOR_LINE.test(latin1(bytes.view(first.at, 33)))) return undefined
  return latin1(bytes.view(second.at, SALTED.length)) === SALTED ? second : undefined
}

/** What deciphers the second part: of the published keys the one behind which another image begins. */
export function fittingDecipher(bytes: Bytes, { first, second }: Mh01): Decipheriv | undefined {
  const vector = Buffer.from(latin1(bytes.view(first.at, 32)), 'hex')
  const salt = bytes.view(second.at + SALTED.length, SALTED_HEADER - SALTED.length)
  const block = bytes.view(second.at + SALTED_HEADER, BLOCK)
  for (const password of DLINK_KEYS) {
    const key = saltedSecret(password, salt, 'sha256', KEY)
    const tried = createDecipheriv('aes-128-cbc', key, vector).setAutoPadding(false).update(block)
    if (latin1(tried.subarray(0, MAGIC.length)) === MAGIC) return createDecipheriv('aes-128-cbc', key, vector)
  }
  return undefined
}
