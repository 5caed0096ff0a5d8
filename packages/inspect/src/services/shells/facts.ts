import type { Shell } from './shells.ts'

declare module '../../contract.ts' {
  interface FactMap {
    /** A command that a start file states, with the shell that it gives, if any. */
    'service.start': {
      readonly words: readonly string[]
      readonly text: string
      readonly conditional: boolean
      readonly terminal: string | null
      readonly shell: Shell | null
    }
    /** A link or a name by which a script or unit is started at boot. */
    'service.enabled': { readonly script: string }
    /** A program or link to one that gives a shell over the network. */
    'service.program': { readonly program: string }
  }
}
