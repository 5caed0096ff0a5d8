import {
  constants,
  createDecipheriv,
  createPublicKey,
  type Decipheriv,
  type KeyObject,
  publicDecrypt,
} from 'node:crypto'

/** Of all cameras, as it is published: keys of contents are signed with its other half, so that everybody has them. */
const MODULUS =
  'c534465ac5f6dd0beefda5c2ab2c56f97730369d4313f91d410b83e18c947144a9b1f2c407782009f0781e43260f238fc233b088f9a5c32c11996cf1357ef522' +
  'ac4bb92e71e709e54cde53ad5d96ee2f8856704dbb91e515532442e0f055ce19d19207e01dc009a42f5f4df53fb48036741569d21ca423f4d03c858f02009a48' +
  '9f35670e720955ef7bd6c21d50c67b2897dc71320f4d7e83dbb215ae2bfb6dfb586dc56aa3e42c6ba2edc477ff452542ab55719d0206eeade3875bfc08f5188b' +
  '2465f5470bbf68b05cf725b985e2c4502be4f59ed2fb35252882e522bf604a34f548b3b9d19975b095e995ec3a85fa12e562f3ededd546922df9c72674b046e9'
/** What masks each byte of a content that has no key. */
export const MASK = Uint8Array.of(0x42)
const IV = 16

export function publishedKey(): KeyObject {
  const n = Buffer.from(MODULUS, 'hex').toString('base64url')
  return createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' })
}

/** The cipher of a content by the key beside it: its length, the key, and what the first block is combined with. */
export function cipherOf(encrypted: Uint8Array, publicKey: KeyObject): Decipheriv | undefined {
  const plain = plainOf(encrypted, publicKey)
  if (!plain || plain.length < 4 + IV) return undefined
  const length = plain.readUInt32BE(0)
  if ((length !== 16 && length !== 32) || plain.length !== 4 + length + IV) return undefined
  const algorithm = length === 16 ? 'aes-128-cbc' : 'aes-256-cbc'
  return createDecipheriv(algorithm, plain.subarray(4, 4 + length), plain.subarray(4 + length))
}

function plainOf(encrypted: Uint8Array, key: KeyObject): Buffer | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, encrypted)
  } catch {
    return undefined
  }
}
