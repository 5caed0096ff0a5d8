import type { KeyObject } from 'node:crypto'
import { type DigestName, digest as digestBy } from './digests.ts'
import { openRsaBlock } from './rsa-block.ts'

export interface PssForm {
  /** Of the digest. */
  readonly hash: DigestName
  /** Of the mask; that of the digest where nothing is said. */
  readonly mask?: DigestName
  /** Bytes; `any` where the format leaves it to the signer. */
  readonly salt: number | 'any'
}

/** What MCUboot and Espressif demand. */
const USUAL: PssForm = { hash: 'sha256', salt: 32 }
const LAST = 0xbc

/**
 * Whether an RSA signature with PSS holds over a digest: node verifies messages only, and one digest for both purposes.
 * `signature` is big endian. RFC 8017, section 9.1.2.
 */
export function verifiesPss(
  key: KeyObject,
  signature: Uint8Array,
  digest: Uint8Array,
  { hash: name, mask = name, salt }: PssForm = USUAL,
): boolean {
  const encoded = openRsaBlock(key, signature)
  if (encoded === undefined) return false
  const room = encoded.length - digest.length - 1
  // Moduli have full bytes here, so that one bit of the first byte stays unused.
  if (room < 1 || encoded[encoded.length - 1] !== LAST || (encoded[0] as number) >= 0x80) return false
  const hash = encoded.subarray(room, room + digest.length)
  const block = Buffer.from(encoded.subarray(0, room))
  for (const [at, byte] of maskOf(mask, hash, room).entries()) block[at] = (block[at] as number) ^ byte
  block[0] = (block[0] as number) & 0x7f
  const start = block.findIndex((byte) => byte !== 0) + 1
  if (start === 0 || block[start - 1] !== 1 || (salt !== 'any' && room - start !== salt)) return false
  return digestBy(name, Buffer.alloc(8), digest, block.subarray(start)).equals(hash)
}

/** MGF1; RFC 8017, appendix B.2.1. */
function maskOf(name: DigestName, seed: Uint8Array, length: number): Buffer {
  const pieces: Buffer[] = []
  for (let count = 0, done = 0; done < length; count++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(count)
    const piece = digestBy(name, seed, number)
    pieces.push(piece)
    done += piece.length
  }
  return Buffer.concat(pieces).subarray(0, length)
}
