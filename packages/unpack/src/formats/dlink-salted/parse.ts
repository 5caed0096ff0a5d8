import { createDecipheriv, type Decipheriv } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { SALTED, SALTED_HEADER, saltedSecret } from '../openssl-salted.ts'
import { archiveEnd } from './archive.ts'

const BLOCK = 16
const KEY = 32
/** Some images have a header of so many bytes, of which nothing is public. */
export const STARTS = [0, 512] as const
const FDT = '\xd0\x0d\xfe\xed'
/** A device tree begins with its magic and its size. */
const LEAST_TREE = 40

/** Of R36, M36, R95 and M95; they are in D-Link's own source packages. */
const PASSWORDS = [
  'CAD1C42B11F1982FFA94B6A24C260A43',
  'A11E331C15CE73ABA8E06171A11D2FB6',
  'BE81AE1B6F523AC7164C4FD67B6BD8FD',
  '91A9A3AF2218F4EA60AC37D5835EB318',
] as const

/** Of the DAP-1610: what comes out is a tar archive. */
const TAR_PASSWORD = '2c3b6fa78bd60b41bb0796fef4b058b0'

export interface SaltedImage {
  /** What the content is called here. */
  readonly name: 'image.fit' | 'firmware.tar'
  /** Where the cipher blocks begin and end, padding included. */
  readonly from: number
  readonly end: number
  decipher(): Decipheriv
}

/**
 * What begins at `at`, or undefined: one of the passwords has to give an image tree, whose size tells the end, or an archive,
 * whose members do.
 */
export function parseSalted(bytes: Bytes, at: number): SaltedImage | undefined {
  for (const start of STARTS) {
    const from = at + start + SALTED_HEADER
    if (from + BLOCK > bytes.size || latin1(bytes.view(at + start, SALTED.length)) !== SALTED) continue
    const salt = bytes.view(at + start + SALTED.length, SALTED_HEADER - SALTED.length)
    for (const password of PASSWORDS) {
      const { decipher } = cipherOf(password, salt)
      const first = decipher().setAutoPadding(false).update(bytes.view(from, BLOCK))
      if (latin1(first.subarray(0, FDT.length)) !== FDT) continue
      const size = new Reader(first, 'big', FDT.length).u32()
      const end = from + (Math.floor(size / BLOCK) + 1) * BLOCK
      if (size >= LEAST_TREE) return { name: 'image.fit', from, end, decipher }
    }
    const { key, vector, decipher } = cipherOf(TAR_PASSWORD, salt)
    const end = archiveEnd(bytes, from, key, vector)
    if (end !== undefined) return { name: 'firmware.tar', from, end, decipher }
  }
  return undefined
}

function cipherOf(password: string, salt: Uint8Array) {
  const secret = saltedSecret(password, salt, 'sha256', KEY + BLOCK)
  const [key, vector] = [secret.subarray(0, KEY), secret.subarray(KEY)]
  return { key, vector, decipher: (): Decipheriv => createDecipheriv('aes-256-cbc', key, vector) }
}
