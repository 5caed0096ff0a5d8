import type { Edition, Missing, Pillar, ProvisionStatus, SourceStatus } from './catalogue.ts'
import type { MappingLine, ProfileId } from './profile.ts'
import type { Text } from './text.ts'
import type { Trait, TraitQuestion } from './traits.ts'

export type Verdict = 'fail' | 'contested' | 'open' | 'not-met' | 'supported' | 'pass' | 'not-applicable'

export interface Reason {
  readonly text: Text
  /** Ids of the evidence that it rests on; empty where it rests on none. */
  readonly evidence: readonly string[]
}

export interface ProvisionVerdict {
  readonly status: ProvisionStatus
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  /** Empty unless open (or not-met, where a justification is missing). */
  readonly missing: readonly Missing[]
}

export interface ProfileVerdict extends ProvisionVerdict {
  /** Status of the source that gives this provision its status under the profile. */
  readonly sourceStatus: SourceStatus
}

export interface ProvisionResult {
  readonly edition: Edition
  readonly id: string
  readonly title: Text
  readonly pillar: Pillar | null
  readonly baseline: ProvisionVerdict
  /** Without an entry for a profile that does not ask for this provision by its number. */
  readonly profiles: Readonly<Record<ProfileId, ProfileVerdict>>
}

/** The verdict on what a profile asks in its own numbering. */
export interface RequirementResult {
  readonly profile: ProfileId
  readonly id: string
  readonly where: string
  readonly title: Text
  readonly pillar: Pillar | null
  readonly result: ProfileVerdict
  /** The lines by which evidence came here. */
  readonly lines: readonly MappingLine[]
}

export interface PillarResult {
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
}

export type PillarResults = Readonly<Record<Pillar, PillarResult>>

export type VerdictCounts = Readonly<Record<Verdict, number>>

export interface RuleIdentity {
  readonly id: string
  readonly version: string
  /** SHA-256 (hex) over the canonical JSON of the rule's data. */
  readonly digest: string
}

/** A source that nobody had looked at for more than 90 days on the day of the assessment. */
export interface StaleSource {
  readonly id: string
  readonly title: string
  /** Calendar day, ISO 8601. */
  readonly checked: string
}

export interface Assessment {
  readonly catalogue: RuleIdentity & { readonly id: Edition }
  readonly profiles: readonly (RuleIdentity & {
    readonly title: Text
    readonly question: Text
    readonly caveat: Text
    /** Null where no day divides units. */
    readonly lastFreeDay: string | null
    readonly zone: string
    /** True where as-of lies after the last free day, or no day divides units. */
    readonly inForceAsOf: boolean
  })[]
  /** Calendar day in the market's zone. */
  readonly asOf: string
  /** Of the rules assessed under. */
  readonly staleSources: readonly StaleSource[]
  readonly traits: readonly Trait[]
  readonly provisions: readonly ProvisionResult[]
  /** Of the profiles that have their own numbering, in their order. */
  readonly requirements: readonly RequirementResult[]
  /** Keyed by `baseline` and by profile id. */
  readonly pillars: Readonly<Record<string, PillarResults>>
  readonly counts: Readonly<Record<string, VerdictCounts>>
  /** The trait questions that close most, most first. */
  readonly questions: readonly TraitQuestion[]
}
