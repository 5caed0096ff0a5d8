declare module '../../contract.ts' {
  interface FactMap {
    /** A file from which a system may be started, or a script that one of them may call. */
    'boot.file': { readonly text: string; readonly mode?: number }
    /** A link in a place that matters for starting. */
    'boot.link': { readonly target: string }
    /** Anything else that is there in such a place. */
    'boot.path': { readonly directory: boolean; readonly mode?: number }
  }
}

export type BootFactKind = 'boot.file' | 'boot.link' | 'boot.path'
