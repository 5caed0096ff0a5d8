import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { aesBlocks, nxpKeys } from '../nxp-keys.ts'
import { ENCRYPTED_HEAD, HEADER, type Mbi, type MbiSigned, VECTOR, WORDS } from './parse.ts'

/** Bytes of the key in fuses, or in a key store. */
export const MBI_KEY = 32
const WINDOW = 256 * 1024
/** What the cipher's key is derived from: two blocks that begin with 1 and 2. */
const DERIVATION = Buffer.from(`01${'00'.repeat(15)}02${'00'.repeat(15)}`, 'hex')

/** Which key is the one with which the header was authenticated, by its place; undefined where none is. */
export function findMbiKey(
  bytes: Bytes,
  start: number,
  { mac }: MbiSigned,
  keys: readonly KeyMaterial[],
): number | undefined {
  if (!mac) return undefined
  const [header, expected] = [bytes.view(start, HEADER), bytes.view(mac.at, mac.length).slice()]
  const found = nxpKeys(keys, MBI_KEY).findIndex((key) =>
    timingSafeEqual(
      createHmac('sha256', aesBlocks(key, Buffer.alloc(16)))
        .update(header)
        .digest(),
      expected,
    ),
  )
  return found < 0 ? undefined : found
}

/**
 * The program of an encrypted image: its start stands behind the certificates, with the initial vector.
 * @throws BytesError
 */
export function decryptProgram(
  bytes: Bytes,
  start: number,
  { certificates, keyStore }: MbiSigned,
  { programEnd, added }: { readonly programEnd: Mbi['programEnd']; readonly added: number },
  key: Buffer,
  out: Uint8Array,
): void {
  const vector = bytes.view(certificates.end + ENCRYPTED_HEAD, VECTOR).slice()
  // A key store holds the cipher's key itself.
  const secret = keyStore ? key : aesBlocks(key, DERIVATION)
  const decipher = createDecipheriv('aes-256-ctr', secret, vector)
  out.set(decipher.update(bytes.view(certificates.end, ENCRYPTED_HEAD)), 0)
  out.set(decipher.update(bytes.view(start + ENCRYPTED_HEAD, HEADER - ENCRYPTED_HEAD)), ENCRYPTED_HEAD)
  let place = HEADER
  for (let at = start + HEADER + added; at < programEnd; at += WINDOW) {
    const plain = decipher.update(bytes.view(at, Math.min(WINDOW, programEnd - at)))
    out.set(plain, place)
    place += plain.length
  }
  for (const word of WORDS) out.fill(0, word, word + 4)
}
