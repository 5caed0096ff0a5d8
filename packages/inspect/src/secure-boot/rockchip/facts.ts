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

declare module '../../contract.ts' {
  interface FactMap {
    'boot.rockchip.idb': RockchipFact
  }
}
