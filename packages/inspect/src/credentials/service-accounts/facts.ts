import type { WhyUntried } from '../../passwords/hash.ts'
import type { Guessing } from '../../passwords/trial.ts'
import type { StoreName } from './record.ts'

/** A user of a service, for whoever compares releases. */
export interface ServiceAccountFact {
  /** Byte string. */
  readonly user: string
  readonly store: StoreName
  readonly held:
    | { readonly state: 'clear'; readonly password: string }
    | { readonly state: 'empty' }
    | { readonly state: 'hash'; readonly scheme: string; readonly guessing: Guessing }
    | { readonly state: 'untried'; readonly scheme: string; readonly why: WhyUntried }
  /** SHA-256 (hex) of the hash as it stands there. */
  readonly storedDigest: string
  /** SHA-256 (hex) of its kind and salt; undefined where the text does not tell them. */
  readonly saltDigest: string | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'account.service': ServiceAccountFact
  }
}
