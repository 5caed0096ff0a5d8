import type { Address } from '../addresses.ts'

/** A program that connects to a server and writes the system, or hands updates to a client that does. */
export interface UpdatingProgram {
  /** As a path of the system. */
  readonly program: string
  /** Names of clients that it hands updates to, with what shows it. */
  readonly hands: readonly { readonly to: string; readonly by: string; readonly imported: boolean }[]
  readonly fetches: readonly string[]
  readonly writes: readonly { readonly text: string; readonly offset: number }[]
  readonly verifies: readonly string[]
  /** Calls that switch a check off: what they are, in bytes from the start of the file. */
  readonly switches: readonly {
    readonly text: string
    readonly offset: number
    readonly ambiguous: boolean
    /** Another call switches the same check on: which one runs is decided at run time. */
    readonly decided: boolean
  }[]
  readonly addresses: readonly Address[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.elf-program': UpdatingProgram
  }
}
