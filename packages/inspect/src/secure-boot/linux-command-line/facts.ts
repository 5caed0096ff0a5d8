import type { VerityTable } from '../verity/table.ts'
import type { SourceKind } from './sources.ts'

/** What a command line says about the chain. */
export interface CommandLineFact {
  readonly source: SourceKind
  /** Hex, as written: the root of a dm-verity tree that the line itself states. */
  readonly rootHash: string | undefined
  /** Trees whose place the line tells as well. */
  readonly tables: readonly VerityTable[]
  /** It names something that dm-verity verifies. */
  readonly verity: boolean
  readonly enforcesModules: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.command-line': CommandLineFact
  }
}
