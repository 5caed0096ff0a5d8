export type FipHash = 'sha256' | 'sha384' | 'sha512'

/** A certificate of the chain of trust, as far as it says something of its own. */
export interface FipCertificate {
  /** Of its image in the package. */
  readonly name: string
  /** Base64, SubjectPublicKeyInfo: of the key that signed it, which stands in each. */
  readonly spki: string
  readonly spkiSha256: string
  /** Undefined where the algorithm is none that is known here. */
  readonly signedByOwn: boolean | undefined
  /** Dotted. */
  readonly algorithm: string
  /** Fingerprints of keys that it vouches for. */
  readonly keys: readonly string[]
  /** By the image that they are for. */
  readonly hashes: readonly {
    readonly image: string
    readonly algorithm: FipHash
    /** Lower-case hex. */
    readonly digest: string
  }[]
  readonly trustedCounter: number | undefined
  readonly otherCounter: number | undefined
}

export interface FipImageFact {
  readonly name: string
  readonly at: number
  readonly length: number
  readonly whole: boolean
  /** Lower-case hex, in the algorithms that some certificate states. */
  readonly digests: Readonly<Record<string, string>>
}

export interface FipFact {
  readonly certificates: readonly FipCertificate[]
  /** Called certificates, and none. */
  readonly broken: readonly string[]
  /** Certificates that lie beyond the end of the bytes. */
  readonly cut: readonly string[]
  /** All but certificates. */
  readonly images: readonly FipImageFact[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.fip.package': FipFact
    /** SHA-256 digests that stand behind the DER form that TF-A gives to the digest of its root key. */
    'boot.fip.root-digest': { readonly digests: readonly string[] }
  }
}
