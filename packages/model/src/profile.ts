import type {
  Condition,
  Edition,
  Missing,
  Pillar,
  ProvisionStatus,
  Source,
  SourceStatus,
} from './catalogue.ts'
import type { Text } from './text.ts'

/** Lower-case letters, digits and dashes. Not a closed list: users bring profiles of their own. */
export type ProfileId = string

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

/**
 * How a provision stands to a requirement of another text: `same` asks for as much, `part` is one part of what is asked,
 * `related` touches it and decides nothing.
 */
export type MappingRelation = 'same' | 'part' | 'related'

/** A line that leads from a provision to a requirement of another text. Never the text's own word unless its author says so. */
export interface MappingLine {
  readonly provision: string
  readonly relation: MappingRelation
  /** Who says so: the law itself, an authority, or we. */
  readonly author: string
  readonly confidence: 'high' | 'medium' | 'low'
  readonly source: string
}

/** Something that a rule asks in its own numbering, which is not that of EN 303 645. */
export interface Requirement {
  /** As its text numbers it: `CCK-3`, `I(2)(c)`. */
  readonly id: string
  /** Where it stands: `EN 18031-1, -2 and -3`. */
  readonly where: string
  /** Own paraphrase, one line. */
  readonly title: Text
  readonly pillar: Pillar | null
  readonly condition?: Condition
  /** What the product must have to meet it at all. */
  readonly needs?: Condition
  /** A restriction or a trap that belongs to it. */
  readonly note?: Text
  readonly source: string
  readonly sourceStatus: SourceStatus
  readonly lines: readonly MappingLine[]
  /** What would settle it. */
  readonly missing: readonly Missing[]
}

export type EconomicRole = 'maker' | 'authorised-representative' | 'importer' | 'distributor'

/** Duties of a role that no firmware shows, as a list to tick off. */
export interface Checklist {
  readonly id: string
  readonly title: Text
  readonly roles: readonly EconomicRole[]
  /** Calendar day, ISO 8601. */
  readonly appliesFrom: string
  readonly source: string
  readonly items: readonly { readonly ref: string; readonly text: Text }[]
}

/** What a rule ends when it is not met: the readings of "barred from CE marking renewal". */
export type Reading = 'new-units' | 'new-declaration' | 'certificate' | 'label' | 'surveillance'

export interface Profile {
  readonly id: ProfileId
  readonly version: string
  /** The edition that its lines are written over; a rule that stands over two has a profile for each, under one id. */
  readonly edition: Edition
  readonly title: Text
  /** The question that it answers. */
  readonly question: Text
  readonly market: string
  readonly roles: readonly EconomicRole[]
  /** Units placed up to the end of this calendar day, in `zone`, are not touched; null where no day divides units. */
  readonly lastFreeDay: string | null
  readonly zone: string
  readonly reading: Reading
  readonly consequence: Text
  /** Provisions of the edition that it judges by their own numbers: all, or these (none where it has requirements of its own). */
  readonly asks: 'all' | readonly string[]
  readonly overrides: readonly Override[]
  readonly criteria: readonly Criterion[]
  readonly requirements: readonly Requirement[]
  readonly checklists: readonly Checklist[]
  readonly sources: readonly Source[]
  /** Shown with every result of this profile. */
  readonly caveat: Text
}
