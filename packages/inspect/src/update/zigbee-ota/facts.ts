export interface ZigbeeOtaFact {
  readonly manufacturer: number
  readonly imageType: number
  readonly fileVersion: number
  /** Printable. */
  readonly title: string
  readonly hardware: { readonly least: number; readonly most: number } | undefined
  /** The address of the only device that it is for. */
  readonly destination: string | undefined
  readonly securityCredential: number | undefined
  /** Names of elements, in their order. */
  readonly elements: readonly string[]
  /** The address of whoever signed, hex, and the curve. */
  readonly signatures: readonly { readonly signer: string; readonly curve: 'sect163k1' | 'sect283k1' }[]
  /** Whether the integrity code is the one of all before it; undefined where there is none, or it was not computed. */
  readonly integrity: 'same' | 'other' | undefined
  readonly cut: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.zigbee-ota': ZigbeeOtaFact
  }
}
