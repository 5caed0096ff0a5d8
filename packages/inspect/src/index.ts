export { CHECKS } from './checks.ts'
export type * from './contract.ts'
export type { InspectResult, RegionsResult, SandboxSettings } from './engine/jobs.ts'
export { runSandboxProgram } from './engine/sandbox.ts'
export { KnownKeysError, type KnownKeysFile, parseKnownKeys } from './known-keys/file.ts'
export { indexedSecrets, keyIdOf, sandboxKeyOf } from './products/fingerprints.ts'
export { PRODUCTS_COMPARISON } from './products/manifest.ts'
export { sharedSecrets } from './products/shared.ts'
export { compareReleases, type ReleaseToCompare } from './releases/compare.ts'
export { withoutOffsets } from './secrets/of-facts.ts'
export type * from './secrets/secret.ts'
export {
  endingOf,
  type MapStretch,
  seenIn,
  type TamperOutcome,
  type TamperResult,
  type TamperSettings,
} from './tamper/index.ts'
export { compareDumps, type UnitToCompare } from './units/dumps/compare.ts'
export { TableError } from './units/labels/csv.ts'
export { type ComparedLabels, compareLabels } from './units/labels/evidence.ts'
export { type LabelTable, readLabels } from './units/labels/table.ts'
export { comparisonEvidence, UNITS_COMPARISON } from './units/manifest.ts'
export { indexOf as releaseIndex, regionsOf } from './units/regions/compare.ts'
export { macOf, type PublicValue } from './units/values/identity.ts'
export { spellingsOf } from './units/values/spellings.ts'
