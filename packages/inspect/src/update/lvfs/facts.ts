/** A signature, or a checksum, of a file. */
export interface JcatBlob {
  readonly kind: 'gpg' | 'pkcs7' | 'ed25519' | 'checksum' | 'other'
  /** The checksum that is signed in the place of the file. */
  readonly target: 'sha256' | 'sha512' | undefined
  /** Base64. */
  readonly data: string
}

export interface JcatItem {
  /** Names of the file. */
  readonly names: readonly string[]
  readonly blobs: readonly JcatBlob[]
}

declare module '../../contract.ts' {
  interface FactMap {
    /** `.jcat`, or a signature of its own beside the file. */
    'update.lvfs.signatures': { readonly items: readonly JcatItem[] }
    'update.lvfs.metainfo': {
      readonly id: string
      /** What it is for. */
      readonly guids: readonly string[]
      readonly versions: readonly string[]
      /** What has to be there before, as the elements say it. */
      readonly requires: readonly string[]
      readonly checksums: readonly { readonly file: string; readonly sha256: string }[]
    }
    /** A file in the cabinet; the SHA-256 is in its place. */
    'update.lvfs.file': { readonly size: number }
  }
}
