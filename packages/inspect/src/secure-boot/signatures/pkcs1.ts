import { constants, type KeyObject, publicDecrypt } from 'node:crypto'

/** DER of the DigestInfo in front of the digest; RFC 8017, section 9.2, note 1. */
const DIGEST_INFO = {
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
} as const

export type Pkcs1Hash = keyof typeof DIGEST_INFO

/**
 * Whether an RSA signature with PKCS #1 v1.5 holds over a digest: node verifies messages only. The whole padded block is
 * compared, so that nothing can hide in it. `signature` is big endian. RFC 8017, section 8.2.2.
 */
export function verifiesPkcs1(
  key: KeyObject,
  signature: Uint8Array,
  digest: Uint8Array,
  hash: Pkcs1Hash = 'sha256',
): boolean {
  const info = Buffer.concat([Buffer.from(DIGEST_INFO[hash], 'hex'), digest])
  try {
    const block = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
    const fill = block.length - 3 - info.length
    if (fill < 8) return false
    return Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(fill, 0xff), Buffer.from([0]), info]).equals(
      block,
    )
  } catch {
    return false
  }
}
