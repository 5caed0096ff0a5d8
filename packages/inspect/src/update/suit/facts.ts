export interface SuitSignature {
  /** COSE algorithm; undefined where it is not told. */
  readonly algorithm: number | undefined
  /** Base64: what is signed (Sig_structure), and the signature. */
  readonly message: string
  readonly value: string
  /** Base64 of the name of the key. */
  readonly kid: string | undefined
  readonly isMac: boolean
}

export interface SuitDigest {
  /** COSE algorithm: -16 SHA-256, -43 SHA-384, -44 SHA-512. */
  readonly algorithm: number
  /** Lower-case hex. */
  readonly value: string
}

/** What the manifest says of the contents, whichever component they are for. */
export interface SuitPayload {
  /** In the envelope (with `#` in front in most), or where it is fetched. */
  readonly name: string
  /** Lower-case hex, by algorithm; of one in the envelope. */
  readonly digests: Readonly<Record<string, string>> | undefined
}

export interface SuitFact {
  readonly signatures: readonly SuitSignature[]
  /** Of the manifest, as the wrapper has it, and as it is. */
  readonly digest: SuitDigest | undefined
  readonly computed: string | undefined
  readonly version: number | undefined
  readonly sequence: number | undefined
  readonly components: number
  readonly vendors: readonly string[]
  readonly classes: readonly string[]
  readonly digests: readonly SuitDigest[]
  readonly payloads: readonly SuitPayload[]
  /** Parts outside of the manifest: their key, and whether the manifest has their digest. */
  readonly severed: readonly { readonly name: string; readonly result: 'same' | 'other' | 'not-covered' }[]
  readonly encrypted: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.suit': SuitFact
  }
}
