export interface AhabImageFact {
  /** Nest path below the region. */
  readonly name: string
  readonly encrypted: boolean
  /** The digest of the container beside what is there. */
  readonly hash: 'match' | 'mismatch' | 'cut-off' | 'encrypted' | 'not-computed'
}

/** One container; its place is that within the region. */
export interface AhabFact {
  readonly number: number
  readonly srkSet: 'none' | 'nxp' | 'oem'
  readonly fuseVersion: number
  readonly softwareVersion: number
  readonly images: readonly AhabImageFact[]
  readonly hasCertificate: boolean
  readonly root:
    | {
        readonly index: number
        readonly keys: number
        /** Hex, SHA-256 of the table, as fuses of i.MX 9 and 8ULP hold it. */
        readonly tableSha256: string
        /** Base64, DER; undefined for keys of other kinds. */
        readonly spki: string | undefined
        readonly scheme: 'ecdsa' | 'pss' | 'pkcs1'
        readonly hash: 'sha256' | 'sha384' | 'sha512'
        /** Hex: digest of all that is signed. */
        readonly digest: string
        /** Hex. */
        readonly signature: string
      }
    | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.ahab.container': AhabFact
  }
}
