export { writeCyclonedx } from './cyclonedx/write.ts'
export { type BadReadout, MOST_READOUT, readFuses } from './fuses/read.ts'
export { FileProblems, type Problem } from './json/fields.ts'
export { JsonError } from './json/strict.ts'
export { writeJunit } from './junit/write.ts'
export { writeOscal } from './oscal/write.ts'
export { digestFor } from './pack/dsse.ts'
export { type OpenedPack, openPack, writePack } from './pack/pack.ts'
export { readProfileFile } from './profile-file/read.ts'
export {
  type ProjectFile,
  readDecisionsFile,
  readDocumentsFile,
  readIcsFile,
  readIxitFile,
  readProjectFile,
} from './project/read.ts'
export { newProject } from './project/template.ts'
export { writeReleasesJson } from './releases/releases-json.ts'
export { RELEASES_SCHEMA_ID } from './releases/schema-id.ts'
export { readResult, type StoredResult } from './result/read-result.ts'
export { writeResultJson } from './result/result-json.ts'
export { looksLikeResult, readResultJson } from './result/saved-result.ts'
export { RESULT_SCHEMA_ID } from './result/schema-id.ts'
export { writeSarif } from './sarif/write.ts'
export { INDEX_SCHEMA_ID, readSecretIndex, writeSecretIndex } from './secret-index/file.ts'
export { UNITS_SCHEMA_ID } from './units/schema-id.ts'
export { writeUnitsJson } from './units/units-json.ts'
export { writeAssessmentXlsx } from './xlsx/assessment.ts'
