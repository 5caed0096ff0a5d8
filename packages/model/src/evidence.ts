import type { CaseRef, ProvisionRef } from './catalogue.ts'
import type { Json, Text } from './text.ts'

export type Polarity = 'against' | 'for' | 'neutral'

/**
 * How far a signature was verified: E0 no integrity field, E1 checksum, E2 hash, E3 signed but not verifiable here,
 * E4 verifies with a key that travels along, E5 with a key of an earlier stage of the same release,
 * E6 with a key that the user trusts, EX verification fails.
 */
export type SignatureLevel = 'E0' | 'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'E6' | 'EX'

export interface Confidence {
  /** `low` evidence against never makes a fail: it keeps a provision open. */
  readonly grade: 'high' | 'medium' | 'low'
  readonly reason: Text
}

/** One machine observation with its place and digest. */
export interface Evidence {
  /** SHA-256 (hex) over check, kind, polarity, path, offset, length, sha256 and observation; never over prose or version. */
  readonly id: string
  readonly check: string
  readonly checkVersion: number
  readonly provisions: readonly ProvisionRef[]
  readonly cases: readonly CaseRef[]
  readonly polarity: Polarity
  /** Dotted, lower case, stable: `account.password.weak`. */
  readonly kind: string
  readonly level?: SignatureLevel
  /** Nest path of the artefact. */
  readonly path: string
  /** Bytes from the start of the artefact. */
  readonly offset: number
  /** Bytes. */
  readonly length: number
  /** SHA-256 (hex) of the artefact. */
  readonly sha256: string
  readonly title: Text
  /** What was seen, in a form that a laboratory can repeat with public tools. */
  readonly observation: Json
  readonly confidence: Confidence
  readonly overturnedBy?: Text
}
