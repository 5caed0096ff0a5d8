declare module '../../contract.ts' {
  interface FactMap {
    /** An image of a maker's own format that has no signature. */
    'update.vendor-image': { readonly format: string }
  }
}
