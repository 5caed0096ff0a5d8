import type { Edition, Missing, ProvisionStatus, Source, SourceStatus } from './catalogue.ts'
import type { Text } from './text.ts'

export type ProfileId = 'de-2027'

/** A line of a profile that raises (or lowers) a provision, with its own source and that source's status. */
export interface Override {
  readonly id: string
  readonly to: ProvisionStatus
  readonly sourceStatus: SourceStatus
  readonly source: string
  readonly reason: Text
}

/** What a profile asks beyond the catalogue, judged on a provision: e.g. a hardware root of trust for 5.7-1. */
export interface Criterion {
  readonly id: string
  readonly provision: string
  readonly sourceStatus: SourceStatus
  readonly source: string
  readonly title: Text
  readonly missing: readonly Missing[]
}

export interface Profile {
  readonly id: ProfileId
  readonly version: string
  readonly edition: Edition
  readonly title: Text
  readonly market: string
  /** Units placed up to the end of this calendar day, in `zone`, are not touched. */
  readonly lastFreeDay: string
  readonly zone: string
  readonly overrides: readonly Override[]
  readonly criteria: readonly Criterion[]
  readonly sources: readonly Source[]
  /** Shown with every result of this profile. */
  readonly caveat: Text
}
