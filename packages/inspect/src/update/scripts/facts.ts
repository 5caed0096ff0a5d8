import type { Language } from '../../calls/languages.ts'

declare module '../../contract.ts' {
  interface FactMap {
    /** A script in which something stands that fetches, or that writes to flash. */
    'update.script': { readonly text: string; readonly language: 'shell' | Language['name'] }
  }
}
