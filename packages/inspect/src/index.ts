export { CHECKS } from './checks.ts'
export type * from './contract.ts'
export type { InspectResult, ListResult, SandboxSettings } from './engine/jobs.ts'
export { runSandboxProgram } from './engine/sandbox.ts'
