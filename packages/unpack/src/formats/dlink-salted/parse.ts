import { createDecipheriv, type Decipheriv } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { SALTED, SALTED_HEADER, saltedSecret } from '../openssl-salted.ts'

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

export interface SaltedImage {
  /** Where the cipher blocks begin and end, padding included. */
  readonly from: number
  readonly end: number
  decipher(): Decipheriv
}

/** What begins at `at`, or undefined: one of the passwords has to give an image tree, whose size tells the end. */
export function parseSalted(bytes: Bytes, at: number): SaltedImage | undefined {
  for (const start of STARTS) {
    const from = at + start + SALTED_HEADER
    if (from + BLOCK > bytes.size || latin1(bytes.view(at + start, SALTED.length)) !== SALTED) continue
    const salt = bytes.view(at + start + SALTED.length, SALTED_HEADER - SALTED.length)
    for (const password of PASSWORDS) {
      const secret = saltedSecret(password, salt, 'sha256', KEY + BLOCK)
      const decipher = () => createDecipheriv('aes-256-cbc', secret.subarray(0, KEY), secret.subarray(KEY))
      const first = decipher().setAutoPadding(false).update(bytes.view(from, BLOCK))
      if (latin1(first.subarray(0, FDT.length)) !== FDT) continue
      const size = new Reader(first, 'big', FDT.length).u32()
      if (size >= LEAST_TREE) return { from, end: from + (Math.floor(size / BLOCK) + 1) * BLOCK, decipher }
    }
  }
  return undefined
}
