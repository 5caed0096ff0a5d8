import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError, forEachWindow, rar3Decompress, sliceBytes } from '@messlatte/bytes'
import { type CbcCipher, cbcBytes } from '../cbc.ts'
import { BLOCK, blocksOf } from './blocks.ts'
import type { Password, Rar4Keys } from './keys.ts'
import { memberOf, type Rar4Member } from './member.ts'

/** Bytes of a content that is unpacked to try a password. */
const MOST_TRIED = 64 * 1024 * 1024
/** Bytes that are decrypted at once. */
const WINDOW = 128 * 1024

/** The password of an archive: the one with which its smallest encrypted content comes out. */
export function passwordOf(bytes: Bytes, start: number, keys: Rar4Keys): Password | undefined {
  if (keys.passwords.length === 0) return undefined
  let smallest: Rar4Member | undefined
  for (const block of blocksOf(bytes, start, keys)) {
    if (block.type !== BLOCK.file) continue
    const member = memberOf(block)
    const isAlone =
      !member.isSolid && !member.continued && !member.continues && member.unsupported === undefined
    if (member.salt && isAlone && member.size > 0 && member.size < (smallest?.size ?? MOST_TRIED))
      smallest = member
  }
  if (!smallest?.salt) return undefined
  const { salt } = smallest
  return keys.passwords.find((password) => {
    const cipher = keys.cipherFor(password, salt)
    return cipher && opens(bytes, smallest as Rar4Member, cipher)
  })
}

/** Whether a member comes out with its CRC: nothing else of RAR 4 proves a password. */
function opens(bytes: Bytes, member: Rar4Member, cipher: CbcCipher): boolean {
  const { at, packed, size, crc, isStored, dictionary } = member
  if (at + packed > bytes.size) return false
  const plain = cbcBytes(sliceBytes(bytes, at, packed), cipher, packed)
  let [sum, done] = [0, 0]
  const take = (chunk: Uint8Array) => {
    const part = chunk.subarray(0, size - done)
    sum = crc32(part, sum)
    done += part.length
  }
  try {
    if (isStored)
      forEachWindow(plain, 0, plain.size, WINDOW, 0, (window) => {
        take(window)
        return true
      })
    else rar3Decompress(plain, [{ at: 0, packed: plain.size, size }], dictionary, take)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return false
  }
  return done === size && sum === crc
}
