import type { ReleaseImage } from './release.ts'
import type { ComparedSecret } from './units.ts'

/** A secret that a release of a product holds, in a form from which nobody gets it without the key of the index. */
export interface IndexedSecret {
  /** HMAC-SHA256 (hex). */
  readonly fingerprint: string
  readonly kind: ComparedSecret['kind']
  readonly subject: string
  /** Account, setting or name in the key; never the secret. */
  readonly name: string
  /** Nest path. */
  readonly path: string
}

/** A release of a product whose secrets are kept. */
export interface IndexedRelease {
  readonly product: string
  /** Calendar day, ISO 8601. */
  readonly added: string
  readonly images: readonly ReleaseImage[]
  readonly secrets: readonly IndexedSecret[]
}

/** What the file of the index holds. */
export interface SecretIndex {
  /** Tells keys apart, and nothing else of them: hex. */
  readonly keyId: string
  readonly releases: readonly IndexedRelease[]
}
