import type { IndexEntry } from '../package/packages-index.ts'

/** What `Release` says of a file. */
export interface ReleaseEntry {
  readonly file: string
  readonly digest: string
}

export interface ReleaseFact {
  /** `InRelease` has its signature around it. */
  readonly form: 'InRelease' | 'Release'
  /** Binary packets of the signatures, base64; of `InRelease`. */
  readonly signatures: string | undefined
  /** The message of `InRelease` as it is hashed, base64. */
  readonly message: string | undefined
  /** `InRelease` has text outside of its signature. */
  readonly outside: boolean
  /** The best digest that it lists. */
  readonly digest: 'sha512' | 'sha256' | 'sha1' | 'md5' | undefined
  readonly entries: readonly ReleaseEntry[]
  /** Suite, codename, date, valid-until, origin, as far as told. */
  readonly fields: Readonly<Record<string, string>>
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.apt.release': ReleaseFact
    /** `Release.gpg`: binary packets, base64. */
    'update.apt.signature': { readonly signatures: string }
    /** An index, packed or not, or a package; its SHA-256 is in its place. */
    'update.apt.file': { readonly size: number; readonly entries?: readonly IndexEntry[] }
  }
}
