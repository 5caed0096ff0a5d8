/** How a key is written where it was found. */
export type KeyContainer =
  | 'pkcs1'
  | 'pkcs8'
  | 'sec1'
  | 'dsa'
  | 'openssh'
  | 'dropbear'
  | 'spki'
  | 'certificate'
  | 'openssh-public'

export type KeyEncoding = 'pem' | 'pem-written-out' | 'der' | 'binary' | 'line'

/** The public half of a key, as all checks compare it. */
export interface KeyIdentity {
  /** SHA-256 (lower-case hex) of the SubjectPublicKeyInfo, DER. */
  readonly spkiSha256: string
  /** `rsa`, `ec-prime256v1`, `ed25519` … */
  readonly algorithm: string
  /** Bits of the modulus, the field or the group. */
  readonly bits: number
}

interface PlacedKey extends KeyIdentity {
  readonly container: KeyContainer
  readonly encoding: KeyEncoding
  /** Comment of an OpenSSH key, subject of a certificate, printable; empty where there is none. */
  readonly name: string
}

/** A private key whose two halves belong together, by its public half; the private half goes nowhere. */
export interface PrivateKeyFact extends PlacedKey {
  /** Why it is not counted against the product, where its place says so. */
  readonly sample: 'documentation-or-test' | 'crypto-library' | undefined
}

/** A public key, or the key of a certificate. */
export interface PublicKeyFact extends PlacedKey {
  /** SHA-256 (lower-case hex) of the certificate, DER; undefined for a bare key. */
  readonly certificateSha256: string | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'key.private': PrivateKeyFact
    'key.public': PublicKeyFact
  }
}
