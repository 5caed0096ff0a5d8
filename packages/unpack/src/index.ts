export type * from './contract.ts'
export { FormatError } from './contract.ts'
