import { createECDH, createHash, createPublicKey, type KeyObject } from 'node:crypto'
import type { KeyIdentity } from './facts.ts'

const FIXED_BITS: Readonly<Record<string, number>> = { ed25519: 256, x25519: 256, ed448: 456, x448: 448 }

/** The public half of a public or private key; undefined for kinds that have no such form. */
export function identityOf(key: KeyObject): KeyIdentity | undefined {
  const open = key.type === 'private' ? createPublicKey(key) : key
  const type = open.asymmetricKeyType
  if (type === undefined) return undefined
  const { modulusLength, namedCurve } = open.asymmetricKeyDetails ?? {}
  const spki = open.export({ type: 'spki', format: 'der' })
  return {
    spkiSha256: createHash('sha256').update(spki).digest('hex'),
    algorithm: type === 'ec' ? `ec-${namedCurve ?? 'unnamed'}` : type,
    bits: modulusLength ?? FIXED_BITS[type] ?? bitsInName(namedCurve),
  }
}

function bitsInName(curve: string | undefined): number {
  return Number(/\d{3}/.exec(curve ?? '')?.[0] ?? 0)
}

/** Whether the halves of a private key belong together: bytes that only have its shape do not. */
export function isWhole(key: KeyObject): boolean {
  switch (key.asymmetricKeyType) {
    case 'rsa': {
      const { n, p, q } = key.export({ format: 'jwk' })
      return isProduct(numberOf(n), numberOf(p), numberOf(q))
    }
    case 'ec': {
      const { d, x, y } = key.export({ format: 'jwk' })
      const curve = key.asymmetricKeyDetails?.namedCurve
      return isPointOf(curve ?? '', bytesOf(d), Buffer.concat([Buffer.of(4), bytesOf(x), bytesOf(y)]))
    }
    case 'dsa':
    case 'rsa-pss':
    case 'ed25519':
    case 'ed448':
    case 'x25519':
    case 'x448':
      return true
    default:
      return false
  }
}

/** Whether a modulus is the product of two numbers that are no trivial divisors. */
export function isProduct(n: bigint, p: bigint, q: bigint): boolean {
  return p > 1n && q > 1n && p * q === n
}

/** Whether a point (uncompressed) is the public half of a scalar. */
export function isPointOf(curve: string, scalar: Uint8Array, point: Uint8Array): boolean {
  const ecdh = createECDH(curve)
  ecdh.setPrivateKey(scalar)
  return ecdh.getPublicKey().equals(point)
}

function bytesOf(base64url: string | undefined): Buffer {
  return Buffer.from(base64url ?? '', 'base64url')
}

function numberOf(base64url: string | undefined): bigint {
  return BigInt(`0x0${bytesOf(base64url).toString('hex')}`)
}
