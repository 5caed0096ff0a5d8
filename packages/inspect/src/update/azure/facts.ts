export interface AzureFact {
  readonly form: 'signed' | 'import'
  /** JWS, as they stand. */
  readonly signature: string | undefined
  /** SHA-256 of the manifest as a text, hex. */
  readonly digest: string
  readonly version: string
  readonly update: string
  /** What it is for, as JSON. */
  readonly compatibility: readonly string[]
  readonly handlers: readonly string[]
  readonly files: readonly { readonly name: string; readonly sha256: string | undefined }[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.azure': AzureFact
  }
}
