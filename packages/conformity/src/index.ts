export { type AssessInputs, assess, evidenceOn, isCalendarDay } from './assess.ts'
export { canonicalJson, digestOf } from './canonical.ts'
export { EN303645_2020 } from './catalogues/en303645-2020/index.ts'
export { EN303645_V3 } from './catalogues/en303645-v3/index.ts'
export { BASELINES, CATALOGUES } from './catalogues/index.ts'
export { type Admission, admissionsOf } from './claims/admissions.ts'
export { type ClaimContext, checkClaims } from './claims/check.ts'
export {
  type Comparison,
  type ComparisonResult,
  compareClaims,
} from './claims/compare.ts'
export { COMPARISON_WORDS } from './claims/comparison-words.ts'
export { checkDocuments, type DocumentFinding, type ProjectDocument } from './claims/documents.ts'
export { effectiveClaims } from './claims/effective.ts'
export { type ClaimEffects, effectsOf } from './claims/effects.ts'
export { EMPTY_CLAIMS } from './claims/empty.ts'
export { type ClaimFinding, type ClaimFindingCode, originText } from './claims/finding.ts'
export {
  CLAIM_FINDING_TITLES,
  DOCUMENT_FINDING,
  DOCUMENT_FINDING_TITLE,
} from './claims/finding-titles.ts'
export { isPlaceholder } from './claims/placeholder.ts'
export { caseComesTo, failingCases, groupComesTo } from './claims/self-assessment.ts'
export { ConformityError, type ConformityErrorCode } from './errors.ts'
export { type Explanation, explain, type InEdition, type InProfile } from './explain/explain.ts'
export { mendingIn } from './explain/mending.ts'
export { IXIT_TABLES, ixitTable } from './ixit/index.ts'
export type { IxitTable } from './ixit/table.ts'
export { EVIDENCE_KINDS, type EvidenceKind } from './kinds.ts'
export { compareProvisionIds, WORST_FIRST, worstVerdict } from './order.ts'
export { type Difference, type DifferenceKind, diffRules, type RuleSet } from './profiles/diff.ts'
export { PROFILE_IDS, PROFILES } from './profiles/index.ts'
export type {
  CatalogueRule,
  CriterionRule,
  EditionChange,
  Origin,
  ProfileRule,
  ProvisionRule,
} from './rules.ts'
export { referenceText } from './sources/references.ts'
export { listSources, type SourceState } from './sources/register.ts'
export { sourceTitle } from './sources/titles.ts'
export { casesOf, TEST_CASES } from './test-cases/index.ts'
export type { CaseKind, TestCase } from './test-cases/test-case.ts'
export { isDone, type PlannedCase, type PlannedTable, planTests } from './test-plan/plan.ts'
export { dayText } from './text.ts'
export { TRAITS, type TraitInfo } from './traits/questions.ts'
export { type DecisionDay, lapse } from './verdicts/decision.ts'
export { testVerdicts } from './verdicts/test-verdicts.ts'
