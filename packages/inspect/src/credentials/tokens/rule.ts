import type { ClearFact } from '../clear/facts.ts'

/** What a token came to, after its own structure was verified. */
export interface Verified {
  /** The secret part. */
  readonly value: string
  /** Where it begins in what the pattern matched. */
  readonly at?: number
  readonly user?: string
  readonly grade: ClearFact['grade']
  readonly weakness?: ClearFact['weakness']
  readonly state?: ClearFact['state']
  readonly more?: ClearFact['more']
}

export interface TokenRule {
  readonly id: string
  readonly subject: ClearFact['subject']
  readonly form: ClearFact['form']
  /** Byte strings of which one stands in every such token, or right beside it. */
  readonly literals: readonly string[]
  /** Global; matched on the bytes around a literal. Bounded repetitions only. */
  readonly pattern: RegExp
  /** Bytes before and behind the literal that the pattern may need. */
  readonly before: number
  readonly behind: number
  readonly verify: (match: RegExpExecArray, around: string) => Verified | undefined
}
