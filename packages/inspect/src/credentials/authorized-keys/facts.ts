import type { KeyIdentity } from '../private-keys/facts.ts'

/** A line of a file of keys that may log in. */
export interface LoginKeyFact {
  readonly user: string
  /** The type as the line names it: `ssh-ed25519`. */
  readonly type: string
  /** Undefined for kinds that only hardware holds. */
  readonly identity: KeyIdentity | undefined
  /** As `ssh-keygen -l` shows it: `SHA256:` and base 64. */
  readonly fingerprint: string
  /** Names of the line's options, lower case. */
  readonly options: readonly string[]
  /** Printable. */
  readonly comment: string
  readonly sample: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'login.key': LoginKeyFact
    /** A program that reads such files. */
    'login.key.server': { readonly program: string }
  }
}
