import type { Text } from './text.ts'
import type { TraitId } from './traits.ts'

/** A standard's edition. Provisions are keyed by (edition, id), never by id alone. */
export type Edition = 'en303645-2020' | 'en303645-v3.1.3'

export interface ProvisionRef {
  readonly edition: Edition
  /** The provision's number as the standard prints it, e.g. `5.3-2`. */
  readonly id: string
}

/** A test case of ETSI TS 103 701, e.g. `5.4-3-2`; V1.1.1 assesses the 2020 edition, V2.1.1 assesses V3.1.3. */
export interface CaseRef {
  readonly spec: 'ts103701-v1.1.1' | 'ts103701-v2.1.1'
  readonly id: string
}

/** M mandatory, R recommendation: the standard's own letters. */
export type ProvisionStatus = 'M' | 'R'

export type Pillar = 'secureBoot' | 'credentials' | 'updates'

/** How far a line of law or standard may be relied on. */
export type SourceStatus = 'in-force' | 'applies-from' | 'published' | 'draft' | 'reported' | 'analysis'

export interface Source {
  readonly id: string
  readonly title: string
  readonly status: SourceStatus
  /** Calendar day, ISO 8601, from which it applies; absent where it has none. */
  readonly appliesFrom?: string
  /** Calendar day, ISO 8601, on which somebody last looked. */
  readonly checked: string
  readonly note: Text
}

/** Who can supply what is missing. */
export type Party = 'maker' | 'laboratory' | 'importer' | 'assessor'

/** What kind of thing is missing: the design's input classes. */
export type InputClass = 'image' | 'versions' | 'units' | 'device' | 'documents'

export interface Missing {
  readonly what: Text
  readonly who: Party
  readonly input: InputClass
}

/** Evaluated over the product's traits; an unknown trait makes it unknown unless the rest decides. */
export type Condition =
  | { readonly trait: TraitId }
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }

export interface Provision {
  readonly edition: Edition
  readonly id: string
  readonly status: ProvisionStatus
  /** Annex B condition numbers, as printed; empty when unconditional. */
  readonly conditionNumbers: readonly number[]
  /** Annex B feature letters, as printed, from V3.1.3 on. */
  readonly features?: readonly string[]
  readonly condition?: Condition
  /** Own paraphrase, one line. */
  readonly title: Text
  readonly pillar: Pillar | null
  /** False where only units, fuses or a running device can show it: an image then never gives more than open. */
  readonly imageCanSupport: boolean
  /** What would settle it, in the order in which to ask. */
  readonly missing: readonly Missing[]
  readonly source: string
}

export interface Catalogue {
  readonly edition: Edition
  readonly version: string
  readonly title: Text
  readonly provisions: readonly Provision[]
  readonly sources: readonly Source[]
}
