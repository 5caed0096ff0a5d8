/** A file that a description names. */
export interface SwuPart {
  readonly filename: string
  /** The list that it stands in: `images`, `files`, `scripts`; `other` elsewhere. */
  readonly list: string
  /** Lower-case hex; undefined where there is none, or none that is one. */
  readonly sha256: string | undefined
  readonly encrypted: boolean
  readonly ivt: string | undefined
}

/** A member of the archive. */
export interface SwuMember {
  readonly name: string
  /** Bytes from the start of the archive. */
  readonly at: number
  readonly length: number
}

export interface SwuFact {
  readonly parts: readonly SwuPart[]
  readonly members: readonly SwuMember[]
  /** Base64; undefined where there is none. */
  readonly signature: string | undefined
  /** Of the description as it is stored, by algorithm: lower-case hex. */
  readonly digests: Readonly<Record<string, string>>
  readonly version: string | undefined
  readonly hardware: readonly string[]
  /** `encrypted` and `unread` tell why there are no parts. */
  readonly description: 'read' | 'encrypted' | 'unread'
  /** Members have sums of their bytes. */
  readonly sums: boolean
  /** The archive ends without its trailer, or has more members than are looked at. */
  readonly cut: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.swu': SwuFact
  }
}
