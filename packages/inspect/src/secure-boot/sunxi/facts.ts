/** A TOC0 with what vouches for what in it. */
export interface Toc0Fact {
  readonly whole: boolean
  readonly checksumHolds: boolean
  /** Base64, SubjectPublicKeyInfo: of the certificate, and of the key item, which is above. */
  readonly key: string | undefined
  readonly rootKey: string | undefined
  /** Digests (hex) of the topmost key in the forms in which fuses and tools have it. */
  readonly digests: readonly string[]
  /** The key item names the certificate's key, and its signature holds; undefined without such an item. */
  readonly rootVouches: boolean | undefined
  /** Of the certificate; undefined where nothing in it can be read. */
  readonly signature: { readonly value: string; readonly digest: string } | undefined
  readonly firmware: 'match' | 'mismatch' | 'not-here'
  readonly items: readonly string[]
}

export interface EgonFact {
  readonly stage: number
  readonly checksum: 'match' | 'mismatch' | 'cut-off'
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.sunxi.toc0': Toc0Fact
    'boot.sunxi.egon': EgonFact
  }
}
