/** A kernel module, as far as its signature goes. */
export interface ModuleFact {
  /** Where modules of one system lie: nest path up to `lib/modules`, or what holds the file. */
  readonly system: string
  readonly name: string
  readonly signature: ModuleSignature
}

export type ModuleSignature =
  | { readonly state: 'none' }
  /** The mark at its end is there, and what is before it makes no sense: cut or changed. */
  | { readonly state: 'broken' }
  /** Of a kind that kernels before 4.3 wrote. */
  | { readonly state: 'old' }
  | {
      readonly state: 'pkcs7'
      /** Bytes from the start of the file. */
      readonly offset: number
      readonly length: number
      /** PKCS #7, base64. */
      readonly der: string
      /** Of all that stands before the signature, lower-case hex, by algorithm. */
      readonly digests: Readonly<Record<string, string>>
    }

/** A certificate that modules may be verified with. */
export interface ModuleCertificateFact {
  /** Base64. */
  readonly der: string
  readonly sha256: string
  /** In a kernel, decompressed; or in a file. */
  readonly kept: 'kernel' | 'file'
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.linux.module': ModuleFact
    'boot.linux.certificate': ModuleCertificateFact
  }
}
