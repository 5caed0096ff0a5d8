/** What stands in `security.ima` or `security.evm` of a file. */
export interface IntegrityFact {
  /** Nest path of the file system. */
  readonly system: string
  readonly attribute: 'ima' | 'evm'
  readonly value: IntegrityValue
  /** Of the content, lower-case hex; undefined where the attribute is not about the content, or its digest none of ours. */
  readonly digest: string | undefined
}

export type IntegrityValue =
  | { readonly type: 'hash'; readonly algorithm: string; readonly hash: string }
  | {
      readonly type: 'signature'
      readonly algorithm: string
      /** The last four bytes of the subject key identifier, lower-case hex. */
      readonly keyId: string
      /** Base64. */
      readonly signature: string
    }
  /** Over metadata of the file as well, or made with a key that only the device has, or of another version. */
  | { readonly type: 'hmac' | 'portable' | 'metadata' | 'verity' | 'other' }
  | { readonly type: 'broken' }

/** A file that says what IMA measures or appraises. */
export interface ImaPolicyFact {
  readonly appraises: number
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
