import type { SubjectName } from './subjects.ts'

/** Why a credential counts less than one in active use. */
export type Weakness =
  /** Reachable from the device itself only. */
  | 'loopback'
  /** Its section is switched off. */
  | 'switched-off'
  /** In a folder of what is available, and nothing links to it. */
  | 'not-enabled'
  /** What a package brings along, to be copied or overruled. */
  | 'package-default'
  /** Named like a password, in a file whose reader is not known. */
  | 'reader-unknown'
  /** Made for clients that anybody may have; what it opens is restricted elsewhere. */
  | 'public-identifier'
  /** Has an end date, or belongs to a trial. */
  | 'limited'
  /** Two strings of a program that lie side by side. */
  | 'adjacent'
  /** Everybody needs it to take part at all. */
  | 'by-specification'

/** Where a script would write another value. */
export type Store = 'file' | 'nvram' | 'uboot-env' | 'uci'

/** A credential that stands in the clear. Byte strings. */
export interface ClearFact {
  /** Id of the check that found it, and concludes on it. */
  readonly check: string
  readonly kind: string
  readonly subject: SubjectName
  /** Name of the setting, with its section. */
  readonly setting: string
  readonly user?: string
  /** Empty where the point is that there is none. */
  readonly value: string
  readonly form: 'password' | 'key' | 'token'
  readonly state: 'default' | 'example' | 'none' | 'set'
  readonly grade: 'high' | 'low' | 'medium'
  readonly weakness?: Weakness
  /** Programs that read it. */
  readonly readers: readonly string[]
  readonly store?: Store
  /** What else a laboratory needs: claims of a token, the rule that it fits. */
  readonly more?: Readonly<Record<string, number | string | null>>
}

declare module '../../contract.ts' {
  interface FactMap {
    'credential.clear': ClearFact
  }
}
