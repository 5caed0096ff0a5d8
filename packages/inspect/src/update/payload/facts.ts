/** A signature message, with the digest of what it is over. */
export interface SignedStretch {
  /** Base64, each without its padding. */
  readonly signatures: readonly string[]
  /** SHA-256, lower-case hex; undefined where not all of it is there. */
  readonly digest: string | undefined
}

export interface PayloadFact {
  /** Over header and manifest. */
  readonly metadata: SignedStretch | undefined
  /** Over header, manifest and data. */
  readonly payload: SignedStretch | undefined
  readonly partitions: readonly {
    readonly name: string
    readonly version: string
    readonly size: number | null
  }[]
  /** Operations with data that have no digest of it. */
  readonly withoutDigest: number
  /** Operations whose data has another digest; counted where the data has no signature of its own. */
  readonly differing: number
  /** Seconds since 1970: a device that is younger refuses the update. */
  readonly maxTimestamp: number | undefined
  readonly securityPatchLevel: string | undefined
  /** Needs the old image. */
  readonly isDelta: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.payload': PayloadFact
    /** A zip archive whose comment holds a signature over all that comes before it. */
    'update.payload.archive': { readonly signature: string; readonly signed: number }
  }
}
