import type { VerityTable } from './table.ts'

/** A superblock of dm-verity (cryptsetup, wiki DMVerity). Hex is lower case. */
export interface SuperblockFact {
  /** Nest path of the file or partition that it lies in, and where in it. */
  readonly holder: string
  readonly at: number
  readonly hashType: number
  readonly uuid: string
  readonly algorithm: string
  readonly dataBlock: number
  readonly hashBlock: number
  readonly dataBlocks: number
  readonly salt: string
  /** There is none: `at` is where the tree itself begins, as a table says. */
  readonly bare?: true
}

/** A table that tells of a tree, with the place of its root hash. */
export interface VerityTableFact extends VerityTable {
  /** Of a FIT: where the image lies that holds data and tree, and its nest path. */
  readonly image?: {
    readonly path: string
    readonly offset: number
    readonly length: number
    readonly member: string
  }
}

/** What a GPT says of a partition: its type, and its own identifier as people write it, lower-case hex without hyphens. */
export interface GptFact {
  readonly parts: readonly { readonly name: string; readonly type: string; readonly uuid: string }[]
}

/** Somewhere a root hash is stated. */
export interface RootHashFact {
  readonly how: 'file' | 'script' | 'signature-partition' | 'command-line' | 'fit' | 'table'
  /** Hex. */
  readonly value: string
}

/** A CMS structure that may sign a root hash, or a certificate that may verify one; base64. */
export interface SignedRootFact {
  readonly cms: string
}
export interface VerityCertificateFact {
  readonly der: string
  /** It lies where a system keeps certificates for root hashes. */
  readonly keyring: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.verity.superblock': SuperblockFact
    'boot.verity.root-hash': RootHashFact
    'boot.verity.signed-root': SignedRootFact
    'boot.verity.certificate': VerityCertificateFact
    'boot.verity.table': VerityTableFact
    'boot.verity.gpt': GptFact
  }
}
