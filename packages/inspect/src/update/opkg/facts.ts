import type { IndexEntry } from '../package/packages-index.ts'

declare module '../../contract.ts' {
  interface FactMap {
    /** `Packages` of a feed. */
    'update.opkg.index': { readonly entries: readonly IndexEntry[]; readonly cut: boolean }
    /** `Packages.sig`: a text of usign. */
    'update.opkg.signature': { readonly text: string }
    /** A package; its digest is in its place. */
    'update.opkg.package': { readonly size: number }
  }
}
