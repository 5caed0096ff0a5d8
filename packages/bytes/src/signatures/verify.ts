import { verify } from 'node:crypto'
import { readEcdsaSignature } from '../der/ecdsa-signature.ts'
import { CURVES } from './curves.ts'
import { type DigestName, digest } from './digests.ts'
import { verifiesEcdsa } from './ecdsa.ts'
import { verifiesPkcs1 } from './pkcs1.ts'
import { verifiesPss } from './pss.ts'
import type { PublicKey } from './public-key.ts'

/** How a signature is made. ECDSA signatures are DER (RFC 3279, section 2.2.3). */
export type SignatureScheme =
  | { readonly kind: 'rsa-pkcs1'; readonly digest: DigestName }
  | {
      readonly kind: 'rsa-pss'
      readonly digest: DigestName
      readonly mask: DigestName
      readonly salt: number
    }
  | { readonly kind: 'ecdsa'; readonly digest: DigestName }
  | { readonly kind: 'ed25519' }

/** What is signed: where the message is long, its digest is enough for all but Ed25519. */
export interface Signed {
  /** Undefined where it is not known. */
  digest(name: DigestName): Uint8Array | undefined
  readonly message: Uint8Array | undefined
}

export function signedMessage(message: Uint8Array): Signed {
  return { message, digest: (name) => digest(name, message) }
}

/**
 * Whether a signature holds; undefined where that cannot be told, because the key is of another kind than the scheme
 * wants, or because what is signed is not known in the form that the scheme needs.
 */
export function verifies(
  scheme: SignatureScheme,
  key: PublicKey,
  signed: Signed,
  signature: Uint8Array,
): boolean | undefined {
  if (scheme.kind === 'ed25519') {
    if (key.type !== 'ed25519' || !signed.message) return undefined
    return verifiesEd25519(key, signed.message, signature)
  }
  const hashed = signed.digest(scheme.digest)
  if (!hashed) return undefined
  switch (scheme.kind) {
    case 'rsa-pkcs1':
      return key.type === 'rsa' ? verifiesPkcs1(key.key, signature, hashed, scheme.digest) : undefined
    case 'rsa-pss':
      return key.type === 'rsa'
        ? verifiesPss(key.key, signature, hashed, { ...scheme, hash: scheme.digest })
        : undefined
    case 'ecdsa': {
      if (key.type !== 'ec') return undefined
      const raw = readEcdsaSignature(signature, CURVES[key.curve].size)
      return raw !== undefined && verifiesEcdsa(key.curve, key.point, raw, hashed)
    }
  }
}

/** Over a message that is at hand. */
export function verifiesEd25519(
  { key }: PublicKey & { type: 'ed25519' },
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}
