import type { Stage } from './stages.ts'

declare module '../../contract.ts' {
  interface FactMap {
    /** Something in the release that would have to be updated. */
    'update.component': {
      readonly stage: Stage
      /** What it is, printable. */
      readonly name: string
    }
  }
}
