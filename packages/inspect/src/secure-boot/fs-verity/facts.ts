/** A file whose file system keeps a descriptor of fs-verity for it. Hex is lower case. */
export interface VerityFileFact {
  /** Undefined where what is kept can be no descriptor. */
  readonly descriptor: VerityDescriptor | undefined
  /** Bytes of the content. */
  readonly size: number
  /** Where the stored tree begins in the file system; undefined where it lies in pieces. */
  readonly tree: number | undefined
}

export interface VerityDescriptor {
  readonly algorithm: 'sha256' | 'sha512'
  readonly block: number
  readonly size: number
  readonly root: string
  readonly salt: string
  readonly digest: string
  /** PKCS #7, base64; empty where there is none. */
  readonly signature: string
}

/** A file that may be the signature of the one beside it. */
export interface DetachedFact {
  /** Nest path of what it would sign. */
  readonly of: string
  /** Base64. */
  readonly cms: string
  /** Its name says that it is one of fs-verity. */
  readonly named: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.fs-verity.file': VerityFileFact
    'boot.fs-verity.detached': DetachedFact
  }
}
