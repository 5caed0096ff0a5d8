import { constants, type KeyObject, publicDecrypt } from 'node:crypto'

/**
 * What an RSA signature opens to under a public key, padding included, as long as the modulus; undefined where it is no
 * signature of that key's length. OpenSSL takes shorter ones, as if zeros stood in front; the standard does not. Big
 * endian. RFC 8017, sections 8.1.2 and 8.2.2, step 1.
 */
export function openRsaBlock(key: KeyObject, signature: Uint8Array): Buffer | undefined {
  try {
    const block = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
    return block.length === signature.length ? block : undefined
  } catch {
    return undefined
  }
}
