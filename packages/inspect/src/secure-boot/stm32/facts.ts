export interface Stm32Fact {
  /** `1.0`, `2.0`, `2.3`. */
  readonly header: string
  readonly authenticated: boolean
  readonly encrypted: boolean
  /** Something stands where the signature belongs. */
  readonly hasSignature: boolean
  /** All of the payload is there. */
  readonly whole: boolean
  readonly checksumHolds: boolean
  readonly version: number
  /** Hex: r and s, big endian. */
  readonly signature: string
  /** Lower-case hex, SHA-256 over what is signed. */
  readonly digest: string
  /** 1 P-256, 2 brainpool of 256 bits, 3 and 4 of 384. */
  readonly algorithm: number | undefined
  /** Hex: x and y, big endian. */
  readonly point: string | undefined
  readonly table:
    | { readonly index: number; readonly hashes: readonly string[]; readonly sha256: string }
    | undefined
  /** Bytes from the start. */
  readonly payload: { readonly from: number; readonly to: number }
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.stm32.image': Stm32Fact
  }
}
