/** What a supplier declares in the ICS table for one provision: a claim, never a proof. */
export interface Claim {
  readonly provision: string
  readonly support: 'Y' | 'N' | 'N/A'
  /** Measures for Y, the reason for N and N/A; empty where none was given. */
  readonly detail: string
}

/** What a named assessor decided on one provision under one rule, on this very evidence. */
export interface Decision {
  readonly id: string
  readonly provision: string
  /** `baseline` or a profile's id. */
  readonly rule: string
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  /** A person. */
  readonly by: string
  /** Calendar day, ISO 8601. */
  readonly on: string
  readonly reason: string
  /** Last calendar day on which it holds. */
  readonly until: string
  /** Ids of all evidence on the provision when it was decided: it lapses when there is other evidence. */
  readonly evidence: readonly string[]
}
