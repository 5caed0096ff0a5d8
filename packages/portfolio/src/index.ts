export { type Day, daysBetween, readDay } from './days.ts'
export { ANSWER_WORDS, ANSWERS, type Answer, rankOf, worstAnswer } from './eligibility/answer.ts'
export { type Eligibility, eligibilityOf, type Question, type Ruled } from './eligibility/eligibility.ts'
export type { AnswerReason, Change, ChangeCode, ReasonCode } from './eligibility/reasons.ts'
export type { RuleAnswer } from './eligibility/under-rule.ts'
export { checkDigit, type Gtin, type GtinProblem, readGtin } from './gtin.ts'
export { governs, type Market, readMarket, zoneOf } from './markets.ts'
export { assessFinding, type Finding, Findings } from './plan/findings.ts'
export {
  type Need,
  type Plan,
  type PlanInputs,
  type PlanRow,
  placingDayOf,
  planOf,
  type TenderLine,
} from './plan/plan.ts'
export type {
  Certificate,
  MarketRole,
  Module,
  Portfolio,
  Release,
  Sku,
  Supply,
  SupplyKind,
  Tender,
  Variant,
} from './portfolio.ts'
export {
  type AnswerForm,
  type RequestLine,
  requestsOf,
  type SupplierRequest,
  type Wanted,
} from './request/request.ts'
export { rulesFor, type Standing, standingOf } from './standing.ts'
export { joinStates, type State, stateUnder, type Unsettled, type Weight } from './state.ts'
export { type InHand, mismatches, type ReleaseStatus, type StatusMismatch } from './status/status.ts'
