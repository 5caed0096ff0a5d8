/** An element of the chain of a signature; base64. */
export interface ChainElement {
  /** The text that usign wrote. */
  readonly signature: string
  /** What the signature is over, of a certificate; without it, it is over the image. */
  readonly payload?: string
  /** 1 vouches for a key, 2 revokes one. */
  readonly type?: number
  readonly validFrom?: number
  readonly expires?: number
  /** The text of the key that it vouches for. */
  readonly publicKey?: string
}

export interface SysupgradeFact {
  /** What the last chunk of metadata says; undefined where none can be read. */
  readonly metadata:
    | {
        readonly devices: readonly string[]
        readonly newDevices: readonly string[]
        readonly compatibility: string | undefined
        /** Distribution, version, revision, target, board, as far as told. */
        readonly version: Readonly<Record<string, string>>
      }
    | undefined
  /** Trailers: what each CRC is over, and its value without the final inversion. */
  readonly sums: readonly { readonly name: string; readonly at: number; readonly crc: number }[]
  /** Undefined where nothing is signed. */
  readonly signature:
    | {
        /** What comes before it is signed. */
        readonly at: number
        readonly chain: readonly ChainElement[]
        /** Metadata lies behind it: fwtool gives devices no signature then. */
        readonly isHidden: boolean
      }
    | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.sysupgrade': SysupgradeFact
  }
}
