import type { Text } from './text.ts'

/** Properties of the product on which rules stand: those of EN 303 645, Annex B (2020, then what V3.1.3 adds), then what laws ask. */
export type TraitId =
  | 'passwords-used'
  | 'preinstalled-passwords'
  | 'components-not-updateable'
  | 'constrained'
  | 'telemetry-collected'
  | 'personal-data-by-consent'
  | 'user-authentication'
  | 'automatic-updates'
  | 'update-notifications'
  | 'hard-coded-identity'
  | 'network-updates'
  | 'update-mechanism'
  | 'debug-interface-accessible'
  | 'password-authentication'
  | 'factory-passwords'
  | 'cryptographic-authentication'
  | 'network-authentication'
  | 'replaceable-components'
  | 'software-updateable'
  | 'stored-security-parameters'
  | 'update-or-service-secrets'
  | 'network-configuration'
  | 'secrets-communicated'
  | 'unused-interfaces'
  | 'debug-interfaces'
  | 'physical-debug-interfaces'
  | 'change-detection'
  | 'personal-data-to-services'
  | 'sensitive-data-to-services'
  | 'external-sensing'
  | 'personal-data-at-service'
  | 'personal-data-processed'
  | 'aggregate-only'
  | 'brute-force-protection-possible'
  | 'update-mechanism-possible'
  | 'critical-parameters-exist'
  | 'radio-equipment'
  | 'internet-connected'
  | 'childcare-toy-wearable'
  | 'transfers-value'
  | 'network-equipment'

/** `stated` by the user, `derived` from evidence of the release, else unknown. */
export type TraitOrigin = 'stated' | 'derived' | 'unknown'

export interface Trait {
  readonly id: TraitId
  readonly value: boolean | null
  readonly origin: TraitOrigin
  /** Evidence ids that it was derived from. */
  readonly because: readonly string[]
}

/** Traits as the user states them: `{ "constrained": false }`. */
export type StatedTraits = Readonly<Partial<Record<TraitId, boolean>>>

export interface TraitQuestion {
  readonly trait: TraitId
  readonly question: Text
  /** Ids of the provisions that stay open until it is answered. */
  readonly provisions: readonly string[]
}
