import type { WhyUntried } from '../../passwords/hash.ts'
import type { Guessing } from '../../passwords/trial.ts'

export type FieldFact =
  | { readonly state: 'empty' | 'elsewhere' | 'locked' | 'unusable' }
  | {
      readonly state: 'hash'
      readonly scheme: string
      readonly repeat: string | undefined
      readonly guessing: Guessing
    }
  | { readonly state: 'untried'; readonly scheme: string; readonly why: WhyUntried }

/** A line of passwd or shadow. */
export interface AccountFact {
  readonly file: 'passwd' | 'shadow'
  /** `passwd-` and `shadow-`: kept by the tools that change accounts, and not read at a login. */
  readonly backup: boolean
  readonly user: string
  readonly login: { readonly uid: number; readonly gid: number; readonly shell: string } | undefined
  readonly field: FieldFact
  /** Digest of the field, to compare lines without carrying the hash on. */
  readonly fieldDigest: string
  /** SHA-256 (hex) of a hash's kind and salt; undefined where its text does not tell them. */
  readonly saltDigest: string | undefined
  /** The hash, where all that was tried on it did not fit: words of the whole release may. */
  readonly open: string | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'account.entry': AccountFact
  }
}
