declare module '../../contract.ts' {
  interface FactMap {
    /** A file that metadata beside it may speak of; its place has no SHA-256. */
    'update.file': { readonly size: number }
  }
}
