import { constants, createHash, type KeyObject, publicDecrypt } from 'node:crypto'

export interface PssForm {
  /** Of the digest, and of the mask. */
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  /** Bytes; `any` where the format leaves it to the signer. */
  readonly salt: number | 'any'
}

/** What MCUboot and Espressif demand. */
const USUAL: PssForm = { hash: 'sha256', salt: 32 }
const DIGEST_SIZES = { sha256: 32, sha384: 48, sha512: 64 } as const
const LAST = 0xbc

/**
 * Whether an RSA signature with PSS holds over a digest: node verifies messages only. `signature` is big endian. RFC 8017,
 * section 9.1.2.
 */
export function verifiesPss(
  key: KeyObject,
  signature: Uint8Array,
  digest: Uint8Array,
  { hash: name, salt }: PssForm = USUAL,
): boolean {
  const size = DIGEST_SIZES[name]
  let encoded: Buffer
  try {
    encoded = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return false
  }
  const room = encoded.length - size - 1
  // Moduli have full bytes here, so that one bit of the first byte stays unused.
  if (room < 1 || encoded[encoded.length - 1] !== LAST || (encoded[0] as number) >= 0x80) return false
  const hash = encoded.subarray(room, room + size)
  const block = Buffer.from(encoded.subarray(0, room))
  for (const [at, byte] of maskOf(name, hash, room).entries()) block[at] = (block[at] as number) ^ byte
  block[0] = (block[0] as number) & 0x7f
  const mark = block.findIndex((byte) => byte !== 0)
  if (mark < 0 || block[mark] !== 1) return false
  const salted = block.subarray(mark + 1)
  if (salt !== 'any' && salted.length !== salt) return false
  const again = createHash(name).update(Buffer.alloc(8)).update(digest).update(salted)
  return again.digest().equals(hash)
}

/** MGF1; RFC 8017, appendix B.2.1. */
function maskOf(name: PssForm['hash'], seed: Uint8Array, length: number): Buffer {
  const pieces: Buffer[] = []
  for (let count = 0; count * DIGEST_SIZES[name] < length; count++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(count)
    pieces.push(createHash(name).update(seed).update(number).digest())
  }
  return Buffer.concat(pieces).subarray(0, length)
}
