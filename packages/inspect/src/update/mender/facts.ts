/** A line of a manifest. */
export interface MenderLine {
  readonly name: string
  /** Lower-case hex. */
  readonly sha256: string
}

export interface MenderFact {
  /** Base64 of the manifest as it is signed. */
  readonly manifest: string
  readonly lines: readonly MenderLine[]
  /** Lines that a server added; nobody signs them. */
  readonly augmented: readonly MenderLine[]
  /** Base64 of the raw signature; undefined where there is none. */
  readonly signature: string | undefined
  /** Files of the archive but for manifests and signature. */
  readonly members: readonly { readonly name: string; readonly at: number; readonly length: number }[]
  /** Files within the payloads, decompressed, by the names that manifests give them. */
  readonly files: readonly MenderLine[]
  /** Payloads that could not be read: their files are not judged. */
  readonly unread: readonly string[]
  /** Scripts that the client runs around the installation. */
  readonly scripts: readonly string[]
  readonly cut: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.mender': MenderFact
    /** `header-info` within an artifact. */
    'update.mender.header': {
      readonly artifact: string | undefined
      readonly devices: readonly string[]
      /** Artifacts that have to be installed before. */
      readonly after: readonly string[]
    }
  }
}
