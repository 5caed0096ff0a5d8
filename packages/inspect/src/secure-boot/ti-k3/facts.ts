/** A certificate of TI's K3 with what it vouches for. */
export interface K3Fact {
  readonly reader: 'rom' | 'rom-combined' | 'system-firmware'
  /** Base64, SubjectPublicKeyInfo: of the key that the certificate carries. */
  readonly spki: string
  /** Dotted. */
  readonly algorithm: string
  readonly padding: 'pkcs1' | 'pss' | undefined
  readonly hash: 'sha256' | 'sha384' | 'sha512' | undefined
  /** With that key; undefined where nothing here can tell. */
  readonly signedByOwn: boolean | undefined
  readonly encrypted: boolean
  readonly revision: number | undefined
  readonly debug: { readonly type: number; readonly anyUnit: boolean } | undefined
  readonly components: readonly {
    readonly name: string
    readonly at: number
    readonly length: number
    readonly hash: string
    readonly result: 'match' | 'mismatch' | 'cut-off'
  }[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.ti-k3.image': K3Fact
  }
}
