export {
  BUNDLE_LIMITS,
  type BundleAbout,
  type BundleFile,
  type OpenedBundle,
  openBundle,
  writeBundle,
} from './bundle/bundle.ts'
export { CLAIMS_SCHEMA_ID, readClaimsJson, writeClaimsJson } from './claims/json.ts'
export { MOST_MARKDOWN, readClaimsMarkdown } from './claims/markdown/read.ts'
export { writeClaimsMarkdown } from './claims/markdown/write.ts'
export {
  type ClaimOrigins,
  comparedWithOrigins,
  NO_ORIGINS,
  readOriginsFile,
  withOrigins,
  writeOriginsFile,
} from './claims/origins.ts'
export { type ClaimPart, mergeParts, ordered as orderedClaims } from './claims/part.ts'
export { type ClaimProblem, problemText } from './claims/problems.ts'
export { type ClaimChange, updateClaims } from './claims/update.ts'
export { readClaimsWorkbook } from './claims/xlsx/read.ts'
export { CellTooLong, writeClaimsWorkbook } from './claims/xlsx/write.ts'
export { writeCsv } from './csv/write.ts'
export { writeCyclonedxAttestations } from './cyclonedx/attestations.ts'
export { writeCyclonedx } from './cyclonedx/write.ts'
export { type BadReadout, MOST_READOUT, readFuses } from './fuses/read.ts'
export { FileProblems, type Problem } from './json/fields.ts'
export { JsonError } from './json/strict.ts'
export { writeJunit } from './junit/write.ts'
export { writeOscalCatalog, writeOscalRequirements } from './oscal/catalog.ts'
export { writeOscalProfile } from './oscal/profile.ts'
export { writeOscal } from './oscal/write.ts'
export { digestFor } from './pack/dsse.ts'
export { type OpenedPack, openPack, PACK_PREDICATE, writePack } from './pack/pack.ts'
export { brokenRows } from './portfolio/broken.ts'
export { writePlanJson } from './portfolio/plan-json.ts'
export { GTIN_PROBLEMS, NO_ROLE } from './portfolio/problems.ts'
export { PortfolioError, type PortfolioFile, readPortfolio } from './portfolio/read.ts'
export type { CellProblem, ReadOptions } from './portfolio/row.ts'
export { PLAN_SCHEMA_ID } from './portfolio/schema-id.ts'
export { csvTable, sheetTable, type Table } from './portfolio/table.ts'
export { templateRows } from './portfolio/template.ts'
export { readRole } from './portfolio/words.ts'
export { readProfileFile } from './profile-file/read.ts'
export { projectClaimFiles, readDutFile, readSelfAssessmentFile } from './project/claims.ts'
export { readDecisionsFile, readWaiversFile } from './project/decisions.ts'
export { NEW_PAPERS, readPapersFile } from './project/papers.ts'
export {
  type ProjectFile,
  readDocumentsFile,
  readIcsFile,
  readIxitFile,
  readProjectFile,
} from './project/read.ts'
export { newProject } from './project/template.ts'
export { writeReleasesJson } from './releases/releases-json.ts'
export { RELEASES_SCHEMA_ID } from './releases/schema-id.ts'
export { ANSWER_HEADERS, type ReturnedAnswer, type ReturnedSheet, readAnswers } from './request/read.ts'
export { evidenceId } from './result/evidence-id.ts'
export { readResult, type StoredResult } from './result/read-result.ts'
export { writeResultJson } from './result/result-json.ts'
export { looksLikeResult, readResultJson } from './result/saved-result.ts'
export { RESULT_SCHEMA_ID } from './result/schema-id.ts'
export { escapeInvisible } from './result/visible-json.ts'
export type { ProjectText } from './sarif/place.ts'
export { writeProjectSarif } from './sarif/project.ts'
export { writeSarif } from './sarif/write.ts'
export { INDEX_SCHEMA_ID, readSecretIndex, writeSecretIndex } from './secret-index/file.ts'
export { type OpenedStatement, openStatement, predicateTypeOf } from './statements/open.ts'
export { STATEMENT_KINDS, type StatementKind, writeStatement } from './statements/write.ts'
export { type OpenedStatus, openStatus, statusText, writeStatus } from './status/status.ts'
export { TAMPER_SCHEMA_ID, writeTamperJson } from './tamper/write-json.ts'
export { UNITS_SCHEMA_ID } from './units/schema-id.ts'
export { writeUnitsJson } from './units/units-json.ts'
export { type ProjectSheets, writeProjectXlsx } from './xlsx/project.ts'
export { MOST_WORKBOOK, readWorkbook, WorkbookError, type WorkbookSheet } from './xlsx/read-workbook.ts'
export { writeTestPlanXlsx } from './xlsx/test-plan.ts'
export { type Sheet, writeWorkbook } from './xlsx/workbook.ts'
export { readWorkbookJson, writeWorkbookJson } from './xlsx/workbook-json.ts'
