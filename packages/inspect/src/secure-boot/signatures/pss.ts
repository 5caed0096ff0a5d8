import { constants, createHash, type KeyObject, publicDecrypt } from 'node:crypto'

/** Bytes of a SHA-256 digest, and of the salt that MCUboot and Espressif demand. */
const DIGEST = 32
const SALT = 32
const LAST = 0xbc

/**
 * Whether an RSA signature with PSS over SHA-256 and a salt of 32 bytes holds over a digest: node verifies messages only.
 * `signature` is big endian. RFC 8017, section 9.1.2.
 */
export function verifiesPss(key: KeyObject, signature: Uint8Array, digest: Uint8Array): boolean {
  let encoded: Buffer
  try {
    encoded = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return false
  }
  const room = encoded.length - DIGEST - 1
  const start = room - SALT
  // Moduli have full bytes here, so that one bit of the first byte stays unused.
  if (start < 1 || encoded[encoded.length - 1] !== LAST || (encoded[0] as number) >= 0x80) return false
  const hash = encoded.subarray(room, room + DIGEST)
  const block = Buffer.from(encoded.subarray(0, room))
  const mask = maskOf(hash, room)
  for (const [at, byte] of mask.entries()) block[at] = (block[at] as number) ^ byte
  block[0] = (block[0] as number) & 0x7f
  const padding = block.subarray(0, start)
  if (padding[start - 1] !== 1 || !padding.subarray(0, -1).every((byte) => byte === 0)) return false
  const again = createHash('sha256').update(Buffer.alloc(8)).update(digest).update(block.subarray(start))
  return again.digest().equals(hash)
}

/** MGF1 over SHA-256; RFC 8017, appendix B.2.1. */
function maskOf(seed: Uint8Array, length: number): Buffer {
  const pieces: Buffer[] = []
  for (let count = 0; count * DIGEST < length; count++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(count)
    pieces.push(createHash('sha256').update(seed).update(number).digest())
  }
  return Buffer.concat(pieces).subarray(0, length)
}
