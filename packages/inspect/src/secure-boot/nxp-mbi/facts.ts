/** One image; its place is the region. */
export interface NxpMbiFact {
  /** `signed-xip`, as the reader names it. */
  readonly type: string
  readonly encrypted: boolean
  /** Of the manifest, or the build number of certificates of version 1; undefined for an unsigned image. */
  readonly version: number | undefined
  readonly signed:
    | {
        /** Base64, DER: the root key that the image is verified from. */
        readonly rootSpki: string
        /** Hex, of the table of root keys, as fuses hold it. */
        readonly tableDigest: string
        /** Keys from the root to the one that signed. */
        readonly keys: number
        readonly algorithm:
          | { readonly type: 'rsa'; readonly bits: number }
          | { readonly type: 'ecdsa'; readonly curve: 'P-256' | 'P-384' }
        readonly hash: 'sha256' | 'sha384'
        /** What does not hold; `cut` where not all of what is signed is there. */
        readonly broken: 'root' | 'chain' | 'signature' | 'cut' | undefined
      }
    | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.nxp-mbi.image': NxpMbiFact
  }
}
