import type { Edition } from './catalogue.ts'

/** What a supplier declares in the ICS table for one provision: a claim, never a proof. */
export interface Claim {
  readonly provision: string
  readonly support: 'Y' | 'N' | 'N/A'
  /** Measures for Y, the reason for N and N/A; empty where none was given. */
  readonly detail: string
  /** Absent for a row of the ICS table. */
  readonly from?: 'self-assessment'
  /** The provision of another edition about which it was claimed. */
  readonly by?: { readonly edition: Edition; readonly provision: string }
}

/** Where a claim stood in the file of whoever made it. */
export interface ClaimOrigin {
  /** As it was named; in a project folder relative to it, divided by `/`. */
  readonly file: string
  /** Of a text, counted from 1. */
  readonly line?: number
  /** Of a workbook. */
  readonly sheet?: string
  /** `C4`. */
  readonly cell?: string
}

/** Fields by name, in the order of the pro forma; `ID` is the entry's name, which the forms (2, 4 and 9) do not have. */
export type IxitEntry = Readonly<Record<string, string>>

/** Entries of IXIT tables, by the table's name (`20-SecBoot`). */
export type IxitTables = Readonly<Record<string, readonly IxitEntry[]>>

/** A field of DUT Identification, below the heading under which it stands. */
export interface DutField {
  readonly section: string
  readonly name: string
  readonly value: string
}

/** What a supplier says of a condition or feature of Annex B (`3`, `k`). */
export interface ClaimedCondition {
  readonly condition: string
  /** Null where nothing was ticked. */
  readonly holds: boolean | null
  readonly detail: string
}

/** What TS 103 701 lets a test unit, a case or a group come to. */
export type TestVerdict = 'pass' | 'fail' | 'inconclusive' | 'n/a'

export interface SelfAssessedUnit {
  /** Lower-case letter. */
  readonly unit: string
  readonly verdict: TestVerdict
}

export interface SelfAssessedCase {
  readonly id: string
  /** Null where none is stated. */
  readonly verdict: TestVerdict | null
  readonly units: readonly SelfAssessedUnit[]
}

/** A supplier's own assessment of one test group: a claim, whatever it says. */
export interface SelfAssessedGroup {
  readonly provision: string
  readonly title: string
  /** The provision's status as the supplier states it (`R C (16) (h)`); empty where none is stated. */
  readonly status: string
  /** IXIT tables that it names as its own. */
  readonly tables: readonly string[]
  readonly cases: readonly SelfAssessedCase[]
  /** Null where none is stated. */
  readonly verdict: TestVerdict | null
  /** What stands behind the group's verdict, in brackets. */
  readonly note: string
  /** Entries of IXIT tables that its text names. */
  readonly names: readonly string[]
}

/** A row of a summary that a maker added to an IXIT table. */
export interface TableSummary {
  readonly table: string
  /** What stands in its first column. */
  readonly id: string
  readonly text: string
}

/** All that a supplier claims by the pro formas of TS 103 701, Annex A, and in the self-assessment beside them. */
export interface ClaimSet {
  readonly edition: Edition
  readonly identification: readonly DutField[]
  readonly securityContext: string
  readonly conditions: readonly ClaimedCondition[]
  readonly ics: readonly Claim[]
  readonly tables: IxitTables
  readonly groups: readonly SelfAssessedGroup[]
  readonly summaries: readonly TableSummary[]
}

/** A document on which a decision rests, as it was on that day. */
export interface Attachment {
  /** Its id in `documents.json`. */
  readonly document: string
  /** SHA-256 (hex). */
  readonly sha256: string
}

/** What a named assessor decided on one provision, test case or test unit under one rule, on this very evidence. */
export interface Decision {
  readonly id: string
  /** A provision, or what a rule asks in its own numbering. */
  readonly provision: string
  /** A test case of the provision (`5.7-1-2`); absent where all of it was decided. */
  readonly case?: string
  /** A unit of the case, a lower-case letter. */
  readonly unit?: string
  /** `baseline` or a profile's id. */
  readonly rule: string
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  /** A person. */
  readonly by: string
  /** Calendar day, ISO 8601. */
  readonly on: string
  readonly reason: string
  /** How it was found out. */
  readonly method?: string
  readonly attachments?: readonly Attachment[]
  /** Last calendar day on which it holds. */
  readonly until: string
  /** Ids of all evidence on the provision when it was decided: it lapses when there is other evidence. */
  readonly evidence: readonly string[]
}

/** That somebody accepts for a time what a rule does not: it is told beside the verdict and changes none. */
export interface Waiver {
  readonly id: string
  /** A provision, or what a rule asks in its own numbering. */
  readonly provision: string
  readonly rule: string
  /** What it covers; null for all. */
  readonly scope: {
    readonly model: string | null
    readonly hardware: string | null
    readonly firmware: string | null
  }
  /** A person. */
  readonly by: string
  /** Calendar day, ISO 8601. */
  readonly on: string
  /** Last calendar day of it. */
  readonly until: string
  readonly reason: string
}

/** What decisions on units and cases come to by the rules of the test specification; null where nothing was decided. */
export interface TestVerdicts {
  readonly cases: readonly {
    readonly id: string
    readonly provision: string
    readonly verdict: Decision['verdict'] | null
    /** Units that were decided. */
    readonly units: readonly { readonly unit: string; readonly verdict: Decision['verdict'] }[]
    /** Cases that it refers to and that fail. */
    readonly failsBy: readonly string[]
  }[]
  readonly groups: readonly { readonly provision: string; readonly verdict: Decision['verdict'] | null }[]
  /** Over all that applies and is mandatory or claimed. */
  readonly overall: Decision['verdict']
  /** Groups that keep it from being a pass. */
  readonly because: readonly string[]
}
