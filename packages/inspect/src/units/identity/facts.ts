import type { PublicValue } from '../values/identity.ts'

declare module '../../contract.ts' {
  interface FactMap {
    /** What is public about the unit whose dump this is. */
    'unit.identity': PublicValue
  }
}
