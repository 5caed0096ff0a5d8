interface Stretch {
  readonly at: number
  readonly length: number
}

/** Version 2: RSA over the stored bytes of the control part, or of the index. */
interface SignedControl {
  readonly version: 2
  readonly signatures: readonly {
    readonly kind: string
    readonly key: string
    /** Base64. */
    readonly signature: string
  }[]
  readonly signed: Stretch
  /** The data, and the SHA-256 (hex) that the control part has of it. */
  readonly data: (Stretch & { readonly sha256: string | undefined }) | undefined
}

/** Version 3: over the digest of the tree of objects, in which each file has a hash. */
interface SignedTree {
  readonly version: 3
  readonly schema: 'package' | 'index'
  /** Blocks as they are, base64. */
  readonly signatures: readonly string[]
  readonly signed: Stretch
  readonly files: number
  readonly differing: readonly string[]
  readonly withoutHash: readonly string[]
  readonly whole: boolean
}

export type ApkFact = SignedControl | SignedTree

declare module '../../contract.ts' {
  interface FactMap {
    'update.apk': ApkFact
  }
}
