import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { digest as digestBy, verifiesPkcs1, verifiesPss } from '@messlatte/bytes'

export type SignatureDigest = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** What `algo` of a signature node says: `sha256,rsa2048`. */
export interface SignatureAlgorithm {
  readonly digest: SignatureDigest
  readonly key:
    | { readonly type: 'rsa'; readonly bits: number }
    | { readonly type: 'ec'; readonly curve: string }
}

const EC: Readonly<Record<string, string>> = {
  ecdsa256: 'prime256v1',
  ecdsa384: 'secp384r1',
  secp521r1: 'secp521r1',
}

export function signatureAlgorithm(text: string): SignatureAlgorithm | undefined {
  const [, digest, name] =
    /^(sha1|sha256|sha384|sha512),(rsa2048|rsa3072|rsa4096|ecdsa256|ecdsa384|secp521r1)$/.exec(text) ?? []
  if (!digest || !name) return undefined
  const curve = EC[name]
  const key =
    curve === undefined
      ? ({ type: 'rsa', bits: Number(name.slice(3)) } as const)
      : ({ type: 'ec', curve } as const)
  return { digest: digest as SignatureDigest, key }
}

/** The key as node knows it; undefined for bytes that are none. */
export function publicKey(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

/** Boot loaders take a key only for the algorithm that it was made for. */
export function fits(key: KeyObject, { key: wanted }: SignatureAlgorithm): boolean {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (wanted.type === 'rsa') return key.asymmetricKeyType === 'rsa' && modulusLength === wanted.bits
  return key.asymmetricKeyType === 'ec' && namedCurve === wanted.curve
}

export interface Signature {
  readonly algorithm: SignatureAlgorithm
  /** `pkcs-1.5` or `pss`; for RSA only. */
  readonly padding: string
  /** RSA: big endian; ECDSA: r and s, each in full length. */
  readonly value: Uint8Array
}

/** Whether a signature over `message` verifies with a key that fits. */
export function verifies(
  key: KeyObject,
  { algorithm, padding, value }: Signature,
  message: Uint8Array,
): boolean {
  const { digest } = algorithm
  try {
    if (algorithm.key.type === 'ec') return verify(digest, message, { key, dsaEncoding: 'ieee-p1363' }, value)
    const hashed = digestBy(digest, message)
    if (padding === 'pkcs-1.5') return verifiesPkcs1(key, value, hashed, digest)
    // The salt has whatever length the signer chose: mkimage takes the longest.
    return padding === 'pss' && verifiesPss(key, value, hashed, { hash: digest, salt: 'any' })
  } catch {
    return false
  }
}

/**
 * The same over a digest that was computed elsewhere: node verifies messages only. Undefined for what is not done
 * here: PSS and ECDSA.
 */
export function verifiesDigest(
  key: KeyObject,
  { algorithm, padding, value }: Signature,
  digest: string,
): boolean | undefined {
  if (algorithm.key.type !== 'rsa' || padding !== 'pkcs-1.5') return undefined
  return verifiesPkcs1(key, value, Buffer.from(digest, 'hex'), algorithm.digest)
}
