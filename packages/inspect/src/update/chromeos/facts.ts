/** A signature, with the digest of what it is over. */
export interface VbootSignature {
  /** Base64. */
  readonly value: string
  /** Lower-case hex; undefined where it was not computed in the map phase. */
  readonly digest: string | undefined
  /** Bytes from the start, and how many it is over. */
  readonly at: number
  readonly length: number
}

export interface VbootKey {
  /** SubjectPublicKeyInfo, base64. */
  readonly spki: string
  readonly digest: 'sha1' | 'sha256' | 'sha512'
  readonly version: number
}

export interface ChromeosKernelFact {
  readonly keyblock: VbootSignature
  /** SHA-512 that the block has of itself, for developers' blocks, and what it is. */
  readonly hash: { readonly stated: string; readonly computed: string } | undefined
  readonly flags: number
  readonly dataKey: VbootKey | undefined
  readonly preamble: VbootSignature | undefined
  readonly body: VbootSignature | undefined
  readonly kernelVersion: number | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.chromeos.kernel': ChromeosKernelFact
    /** A `.vbpubk`. */
    'update.chromeos.key': VbootKey
  }
}
