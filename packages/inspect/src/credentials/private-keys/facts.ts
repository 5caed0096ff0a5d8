import type { Opened } from './passphrases.ts'

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
  | 'pkcs12'
  | 'jks'
  | 'jceks'
  | 'bks'
  | 'uber'
  | 'jwk'
  | 'putty'
  | 'pgp'
  | 'signify'
  | 'minisign'
  | 'age'
  | 'wireguard'
  | 'ed25519-pair'
  | 'raw'

export type KeyEncoding = 'pem' | 'pem-written-out' | 'der' | 'binary' | 'line' | 'text'

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
  /** Comment of an OpenSSH key, alias in a keystore, subject of a certificate, printable; empty where there is none. */
  readonly name: string
}

/** A private key whose two halves belong together, by its public half; the private half goes nowhere. */
export interface PrivateKeyFact extends PlacedKey {
  /** Why it is not counted against the product, where its place says so. */
  readonly sample: 'documentation-or-test' | 'crypto-library' | undefined
  /** The passphrase with which it opened, where it has one. */
  readonly opened?: Opened
}

export interface CertificateFacts {
  /** SHA-256 (lower-case hex) of the certificate, DER. */
  readonly sha256: string
  /** ISO days. */
  readonly notBefore: string
  readonly notAfter: string
  /** OpenSSL's name of the algorithm. */
  readonly signature: string
  readonly selfIssued: boolean
  /** The CA bit of the basic constraints. */
  readonly ca: boolean
}

/** A public key, or the key of a certificate. */
export interface PublicKeyFact extends PlacedKey {
  /** SHA-256 (lower-case hex) of the certificate, DER; undefined for a bare key. */
  readonly certificateSha256: string | undefined
  readonly certificate?: CertificateFacts
}

declare module '../../contract.ts' {
  interface FactMap {
    'key.private': PrivateKeyFact
    'key.public': PublicKeyFact
    /** 32 bytes that are a private key only where their public half lies in the release too. */
    'key.candidate': {
      readonly identities: readonly KeyIdentity[]
      readonly half: 'private' | 'public'
      readonly container: KeyContainer
      readonly encoding: KeyEncoding
      readonly sample: PrivateKeyFact['sample']
    }
    /** A private key, or a store of keys, under a passphrase that was not found. */
    'key.encrypted': {
      readonly container: KeyContainer
      /** The public half, where it stands beside it in the clear. */
      readonly identity: KeyIdentity | undefined
      /** SHA-256 (hex) of its bytes. */
      readonly contentDigest: string
    }
    /** A line that begins a private key, and no key behind it. */
    'key.marker': { readonly program: boolean }
  }
}
