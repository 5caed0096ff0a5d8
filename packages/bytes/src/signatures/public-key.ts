import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { CURVES, type CurveName, isOnCurve, toNumber } from './curves.ts'

/** A public key, as the algorithms here want it. */
export type PublicKey = { readonly spki: Uint8Array; readonly spkiSha256: string } & (
  | { readonly type: 'rsa'; readonly key: KeyObject; readonly bits: number }
  /** `point`: x and y, each in full length, big endian. */
  | { readonly type: 'ec'; readonly curve: CurveName; readonly point: Uint8Array }
  | { readonly type: 'ed25519'; readonly key: KeyObject }
)

const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const ED25519_SIZE = 44
/** Bits: what RSA keys of signatures may have here. Node takes numbers for a key that are none. */
const MIN_RSA = 1024
const MAX_RSA = 8192

/** The key in a SubjectPublicKeyInfo; undefined for bytes that are none, and for other kinds of keys. */
export function readPublicKey(spki: Uint8Array): PublicKey | undefined {
  const common = { spki, spkiSha256: sha256(spki) }
  for (const { name, spkiPrefix, size } of Object.values(CURVES)) {
    const prefix = Buffer.from(spkiPrefix, 'hex')
    if (spki.length !== prefix.length + 2 * size || !prefix.equals(spki.subarray(0, prefix.length))) continue
    const point = spki.subarray(prefix.length)
    return isPoint(name, point) ? { ...common, type: 'ec', curve: name, point } : undefined
  }
  const key = keyOf(spki)
  if (!key) return undefined
  const isEd25519 = spki.length === ED25519_SIZE && ED25519_PREFIX.equals(spki.subarray(0, 12))
  if (isEd25519 && key.asymmetricKeyType === 'ed25519') return { ...common, type: 'ed25519', key }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits % 8 !== 0 || bits < MIN_RSA || bits > MAX_RSA) return undefined
  return { ...common, type: 'rsa', key, bits }
}

/** The SubjectPublicKeyInfo of a point; x and y, each in full length, big endian. */
export function ecSpki(curve: CurveName, point: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(CURVES[curve].spkiPrefix, 'hex'), point])
}

/** The SubjectPublicKeyInfo of the 32 bytes of an Ed25519 key; RFC 8410. */
export function ed25519Spki(key: Uint8Array): Buffer {
  return Buffer.concat([ED25519_PREFIX, key])
}

/** The SubjectPublicKeyInfo of an RSA key; undefined for numbers that make none. Both big endian. */
export function rsaSpki(modulus: Uint8Array, exponent: Uint8Array): Buffer | undefined {
  const number = (bytes: Uint8Array) => {
    const first = bytes.findIndex((byte) => byte !== 0)
    return Buffer.from(first < 0 ? [] : bytes.subarray(first)).toString('base64url')
  }
  try {
    const jwk = { kty: 'RSA', n: number(modulus), e: number(exponent) }
    return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' })
  } catch {
    return undefined
  }
}

function isPoint(curve: CurveName, point: Uint8Array): boolean {
  const { size } = CURVES[curve]
  return isOnCurve(CURVES[curve], toNumber(point.subarray(0, size)), toNumber(point.subarray(size)))
}

function keyOf(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
