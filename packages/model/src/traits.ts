import type { Text } from './text.ts'

/** Properties of the product on which the conditions of EN 303 645 (2020), Annex B, stand. */
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
