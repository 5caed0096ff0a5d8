/** What stands in `security.ima` or `security.evm` of a file. */
export interface IntegrityFact {
  /** Nest path of the file system. */
  readonly system: string
  readonly attribute: 'ima' | 'evm'
  readonly value: IntegrityValue
  /** What a hash is compared with, or a signature is made over, lower-case hex; several where that depends on the processor. */
  readonly digests: readonly string[]
}

export type IntegrityValue =
  | { readonly type: 'hash'; readonly algorithm: string; readonly hash: string }
  | {
      readonly type: 'signature'
      readonly version: 2 | 3
      /** The content, its tree of fs-verity, owner and rights with the other attributes, or these and the place on the disk. */
      readonly over: 'content' | 'verity' | 'metadata' | 'inode'
      readonly algorithm: string
      /** The last four bytes of the subject key identifier, lower-case hex. */
      readonly keyId: string
      /** Base64. */
      readonly signature: string
    }
  /** Made with a key that only the device has, or of another version. */
  | { readonly type: 'hmac' | 'other' }
  | { readonly type: 'broken' }

/** A file that says what IMA measures or appraises. */
export interface ImaPolicyFact {
  readonly appraises: number
  /** What is appraised and under which conditions, as written; the first ones. */
  readonly rules: readonly string[]
  /** Rules that ask for a signature, not only for a hash. */
  readonly signatures: number
  readonly leavesOut: number
  readonly signed: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.linux.integrity': IntegrityFact
    'boot.linux.ima-policy': ImaPolicyFact
  }
}
