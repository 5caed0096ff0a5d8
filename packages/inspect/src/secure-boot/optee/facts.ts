export interface OpteeHeader {
  readonly type: 'application' | 'encrypted' | 'subkey'
  readonly scheme: 'pss' | 'pkcs1'
  /** Hex, SHA-256 as it is signed. */
  readonly hash: string
  /** Base64. */
  readonly signature: string
  /** The hash beside what is there; of an encrypted application it stands for what decryption gives. */
  readonly content: 'match' | 'mismatch' | 'cut-off' | 'encrypted'
  /** Base64, DER: of a subkey, the key that signs the next header. */
  readonly key: string | undefined
}

export interface OpteeFact {
  readonly uuid: string
  readonly version: number
  readonly encrypted: boolean
  readonly headers: readonly OpteeHeader[]
}

/** Numbers in the core of OP-TEE that may be the key that applications are verified with. */
export interface OpteeCoreFact {
  readonly moduli: readonly {
    /** Bytes from the start of the artefact, and of the number. */
    readonly at: number
    readonly length: number
    /** With the exponent 65,537: SubjectPublicKeyInfo, DER, base64. */
    readonly spki: string
  }[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.optee.ta': OpteeFact
    'boot.optee.core': OpteeCoreFact
  }
}
