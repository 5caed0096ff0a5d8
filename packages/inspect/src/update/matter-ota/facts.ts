export interface MatterOtaFact {
  readonly vendor: number
  readonly product: number
  readonly version: number
  /** Printable. */
  readonly versionText: string
  readonly payload: { readonly at: number; readonly length: number }
  /** By the number of its type; undefined for one that is not known. */
  readonly algorithm: string | undefined
  /** Lower-case hex; the first bytes of it in some types. */
  readonly digest: string
  readonly cut: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.matter-ota': MatterOtaFact
  }
}
