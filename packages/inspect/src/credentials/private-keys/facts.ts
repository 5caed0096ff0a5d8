/** Where a key stood in the content, as it was written there. */
export type KeyContainer =
  | 'pem-pkcs1'
  | 'pem-pkcs8'
  | 'pem-sec1'
  | 'pem-dsa'
  | 'pem-spki'
  | 'pem-certificate'
  | 'der-pkcs1'
  | 'der-pkcs8'
  | 'der-sec1'
  | 'der-certificate'
  | 'der-spki'
  | 'openssh'
  | 'openssh-public'
  | 'dropbear'

/** The public half of a key, as all checks compare it. */
export interface KeyIdentity {
  /** SHA-256 (lower-case hex) of the SubjectPublicKeyInfo, DER. */
  readonly spkiSha256: string
  /** `rsa`, `ec-prime256v1`, `ed25519` … */
  readonly algorithm: string
  /** Bits of the modulus, the field or the group. */
  readonly bits: number
  readonly container: KeyContainer
  /** Comment of an OpenSSH key, subject of a certificate; empty where there is none. */
  readonly name: string
}

/** A private key that parsed, with its public half; never the private half. */
export interface PrivateKeyFact extends KeyIdentity {
  /** True where the file is a sample or test vector by its place; such a key is not counted against the product. */
  readonly sample: boolean
}

/** A public key or the key of a certificate. */
export interface PublicKeyFact extends KeyIdentity {
  readonly certificate: boolean
  /** SHA-256 (lower-case hex) of the certificate, DER; undefined for a bare key. */
  readonly certificateSha256: string | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'key.private': PrivateKeyFact
    'key.public': PublicKeyFact
  }
}
