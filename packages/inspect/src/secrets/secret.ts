import type { Place } from '../contract.ts'

/** How a secret lies there. */
export type SecretForm =
  /** It stands there itself. */
  | 'clear'
  /** Its hash stands there, and a tried password gives it. */
  | 'guessed'
  /** Its hash stands there, and no tried password gives it. */
  | 'hashed'
  /** None is asked for. */
  | 'empty'
  | 'private-key'
  /** Under a passphrase that was not found. */
  | 'encrypted'

/** What whoever has the secret gets into. */
export type SecretOpens =
  | 'device'
  /** A network that others run. */
  | 'network'
  /** A service that the product speaks to, or the check of an update. */
  | 'service'
  /** A key that names a host or logs in by SSH. */
  | 'ssh'
  | 'stored'

/** A secret of a release or of a unit, in a form that tells whether another one is equal and nothing more. */
export interface ReleaseSecret {
  readonly kind: 'account' | 'credential' | 'private-key'
  /** What it is: a subject of clear credentials, the name of a store of users, `account`, or a key's container. Plain words. */
  readonly subject: string
  readonly opens: SecretOpens
  /** Account, setting, or name in the key; printable, and never the secret. */
  readonly name: string
  readonly place: Place
  /** Its place and name without what differs between two releases: file names and offsets. Not unique within a release. */
  readonly slot: string
  readonly form: SecretForm
  /**
   * HMAC-SHA256 (hex) under the key that the caller chose: two secrets are equal where it is. Over the password where it is known,
   * over the public half of a key, else over the text of the hash.
   */
  readonly digest: string
  /** HMAC-SHA256 (hex) of a hash's kind and salt. Hashes that differ under equal salts are of different passwords. */
  readonly salt: string | null
  /** Of a hash: whether every candidate was tried. It is then of none of them. */
  readonly exhausted: boolean
  /** Kind of a hash or of a key. */
  readonly algorithm: string | null
  /** SHA-256 (hex) of the public half, SubjectPublicKeyInfo, where there is one. */
  readonly publicSha256: string | null
  /** Everybody can have it: a usual password, or a published key. */
  readonly known: boolean
  /** Why it counts less; as the check that found it says. */
  readonly weakness: string | null
  /** The secret as a byte string, only where the caller asked for it. Never part of a report. */
  readonly value?: string
}

/** What the caller of an inspection may ask for about secrets. */
export interface SecretsWanted {
  /** 32 bytes, hex. The same one for all releases that are compared; without it the digests tell nothing. */
  readonly keyHex: string
  /** Whether secrets in the clear, and passwords that were guessed, are handed out beside their digests. */
  readonly values: boolean
}
