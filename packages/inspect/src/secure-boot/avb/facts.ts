/** A vbmeta structure, as far as the reduce phase needs it. Hex is lower case; names are printable. */
export interface VbmetaFact {
  readonly state: 'read'
  /** Of the partition that it lies in, from the name of the file. */
  readonly partition: string
  readonly slot: 'a' | 'b' | undefined
  /** It is not all that the partition holds: a footer leads to it, or something stands before it. */
  readonly appended: boolean
  readonly algorithm:
    | { readonly state: 'none' }
    | { readonly state: 'unknown'; readonly number: number }
    | {
        readonly state: 'known'
        readonly name: string
        readonly hash: 'sha256' | 'sha512'
        readonly bits: number
      }
  /** Whether the stored hash is that of header and auxiliary block; undefined where there is none. */
  readonly hashHolds: boolean | undefined
  /** Of header and auxiliary block. */
  readonly digest: string | undefined
  /** Base64. */
  readonly signature: string
  readonly key: AvbKeyFact | undefined
  readonly rollbackIndex: string
  readonly rollbackIndexLocation: number
  readonly flags: number
  readonly release: string
  readonly descriptors: readonly DescriptorFact[]
  readonly descriptorsHold: boolean
}

/** Begins like a vbmeta, or is announced by a footer, and cannot be read. */
export interface BrokenVbmetaFact {
  readonly state: 'broken'
  readonly partition: string
}

/** An RSA key as AVB stores it. */
export interface AvbKeyFact {
  /** SubjectPublicKeyInfo, DER, base64; undefined where the numbers make no key. */
  readonly spki: string | undefined
  readonly blobSha256: string
  readonly blobSha1: string
  readonly bits: number
}

/** A key in a program that knows what a vbmeta is. */
export interface AvbAnchorFact extends AvbKeyFact {
  /** What libavb leaves in a boot loader is there, too. */
  readonly isLoader: boolean
}

export type DescriptorFact =
  | {
      readonly type: 'hash'
      readonly partition: string
      readonly size: number
      readonly algorithm: string
      readonly salt: string
      readonly digest: string
    }
  | {
      readonly type: 'hashtree'
      readonly partition: string
      readonly size: number
      readonly treeAt: number
      readonly treeSize: number
      readonly dataBlock: number
      readonly hashBlock: number
      readonly version: number
      readonly algorithm: string
      readonly salt: string
      readonly digest: string
    }
  | {
      readonly type: 'chain'
      readonly partition: string
      readonly rollbackIndexLocation: number
      readonly key: AvbKeyFact | undefined
    }
  | { readonly type: 'property'; readonly key: string; readonly value: string }
  /** Its text is not told: it may hold secrets. */
  | { readonly type: 'command-line'; readonly length: number }
  | { readonly type: 'unknown'; readonly tag: string }

declare module '../../contract.ts' {
  interface FactMap {
    'boot.avb.vbmeta': VbmetaFact | BrokenVbmetaFact
    'boot.avb.anchor': AvbAnchorFact
  }
}
