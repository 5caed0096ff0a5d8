/** What a manifest says of one image. */
export interface RaucImage {
  /** Class of the slot. */
  readonly slot: string
  readonly filename: string
  /** Lower-case hex. */
  readonly sha256: string | undefined
  readonly hooks: string | undefined
}

export interface RaucManifest {
  readonly compatible: string | undefined
  readonly version: string | undefined
  readonly format: string | undefined
  /** Programs of the bundle that run as root before anything is installed: of `[handler]` and `[hooks]`. */
  readonly programs: readonly string[]
  readonly images: readonly RaucImage[]
}

export interface RaucFact {
  /** CMS structure, base64; undefined where it is too large. */
  readonly signature: string | undefined
  /** Bytes of the payload, from the start of the bundle, with its hash tree. */
  readonly payload: number
  /** Bytes of it that the hash tree is of; undefined where that cannot be told. */
  readonly data: number | undefined
  readonly enveloped: boolean
  readonly encrypted: boolean
  /** Of the signed manifest: undefined for plain bundles, and where an envelope hides it. */
  readonly manifest: RaucManifest | undefined
  readonly verity: { readonly root: string; readonly salt: string } | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.rauc': RaucFact
    /** `manifest.raucm` in the root of a file system. */
    'update.rauc.manifest': RaucManifest
    /** A file that such a manifest may mean; the place has its SHA-256. */
    'update.rauc.file': { readonly name: string }
  }
}
