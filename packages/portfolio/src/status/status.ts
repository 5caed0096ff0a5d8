import type { Day } from '../days.ts'
import type { Answer } from '../eligibility/answer.ts'
import type { Standing } from '../standing.ts'

/** What somebody says of a release and of units that carry it. */
export interface ReleaseStatus {
  /** Who says so. */
  readonly by: string
  readonly product: string
  /** Files of the release, by digest. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
  readonly gtin: string | null
  readonly batch: string | null
  readonly serials: string | null
  readonly market: string
  readonly answer: Answer
  /** The rules that govern the market, law first. */
  readonly rules: readonly {
    readonly id: string
    readonly version: string
    /** SHA-256 (hex) over the rule's data. */
    readonly digest: string
    readonly standing: Standing
    readonly answer: Answer
  }[]
  /** What holds, and nothing else: provisions that an assessor passed, rules without an obstacle. */
  readonly properties: readonly string[]
  /** The day of the answer. */
  readonly asOf: Day
  /** First and last day on which it may be relied on. */
  readonly validFrom: Day
  readonly validUntil: Day
}

/** Why a status that is rightly signed does not tell about what lies before its reader. */
export type StatusMismatch = 'not-yet' | 'expired' | 'other-gtin' | 'other-batch' | 'other-file'

/** What the reader has in hand; what is not given is not compared. */
export interface InHand {
  readonly on: Day
  readonly gtin?: string
  readonly batch?: string
  /** SHA-256 (hex). */
  readonly sha256?: string
}

export function mismatches(status: ReleaseStatus, inHand: InHand): readonly StatusMismatch[] {
  return [
    ...(inHand.on < status.validFrom ? (['not-yet'] as const) : []),
    ...(inHand.on > status.validUntil ? (['expired'] as const) : []),
    ...(inHand.gtin !== undefined && inHand.gtin !== status.gtin ? (['other-gtin'] as const) : []),
    ...(inHand.batch !== undefined && inHand.batch !== status.batch ? (['other-batch'] as const) : []),
    ...(inHand.sha256 !== undefined && !status.files.some(({ sha256 }) => sha256 === inHand.sha256)
      ? (['other-file'] as const)
      : []),
  ]
}
