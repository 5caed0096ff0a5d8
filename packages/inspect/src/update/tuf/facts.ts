export const ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const
export type Role = (typeof ROLES)[number]

export interface TufSignature {
  readonly keyid: string
  /** Base64. */
  readonly value: string
}

export interface TufKey {
  readonly keyid: string
  readonly scheme: 'ed25519' | 'rsa-pss' | 'rsa-pkcs1' | 'ecdsa' | 'other'
  /** SubjectPublicKeyInfo, base64; undefined for a key that cannot be read. */
  readonly spki: string | undefined
}

/** What metadata says of a file. */
export interface TufFile {
  readonly name: string
  readonly version: number | undefined
  readonly length: number | undefined
  /** Lower-case hex. */
  readonly sha256: string | undefined
  /** Hardware and counters that Uptane adds, as far as told. */
  readonly custom: Readonly<Record<string, string>>
}

export interface TufFact {
  readonly role: Role
  readonly version: number
  readonly expires: string
  readonly specification: string
  readonly signatures: readonly TufSignature[]
  /** The canonical form that is signed, base64; undefined where it has none. */
  readonly message: string | undefined
  /** Of a root. */
  readonly keys: readonly TufKey[]
  readonly roles: Readonly<
    Partial<Record<Role, { readonly keyids: readonly string[]; readonly threshold: number }>>
  >
  readonly files: readonly TufFile[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.tuf': TufFact
  }
}
