export interface RockchipFact {
  readonly hash: 'sha256' | 'sha512'
  readonly signed: boolean
  readonly bits: number | undefined
  /** Base64, SubjectPublicKeyInfo; undefined where the numbers make no key. */
  readonly spki: string | undefined
  /** Lower-case hex, SHA-256 of the key and what stands beside it. */
  readonly keyDigest: string
  /** Base64: signature, big endian. */
  readonly signature: string
  /** Hex, over the header. */
  readonly digest: string
  /** Of an unsigned header: whether the digest in it is right. */
  readonly digestHolds: boolean
  readonly images: readonly {
    readonly at: number
    readonly length: number
    readonly result: 'match' | 'mismatch' | 'cut-off'
  }[]
}

/** A header of processors before the RK3568, which has no place for digests or a signature. */
export interface OlderRockchipFact {
  /** The first program is under RC4, with the key that everybody has. */
  readonly hidden: boolean
  /** `RK33` for a program as it is; `RSAK` for one with a signature in front of it. */
  readonly tag: string
  readonly first: { readonly at: number; readonly length: number }
  readonly images: number
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.rockchip.idb': RockchipFact
    'boot.rockchip.older-idb': OlderRockchipFact
  }
}
