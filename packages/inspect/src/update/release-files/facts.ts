declare module '../../contract.ts' {
  interface FactMap {
    /** A file that metadata beside it may speak of; the SHA-256 is in its place. */
    'update.file': { readonly size: number }
  }
}
