import type { Verdict } from './assessment.ts'
import type { ChainState, ChainVerdict } from './chain.ts'
import type { Polarity, SignatureLevel } from './evidence.ts'
import type { PartId } from './mechanism.ts'
import type { Component, ProductStatement, ReleaseImage, Service, Unpacked } from './release.ts'
import type { Json, Text } from './text.ts'
import type { ComparedSecret } from './units.ts'

/** What a comparison reads of a result of `messlatte check`. The language is that of its sentences; those of evidence and of update mechanisms are in both, unless it is an older one. */
export interface SavedResult {
  readonly tool: { readonly version: string; readonly checksDigest: string }
  readonly options: { readonly profiles: readonly string[]; readonly asOf: string; readonly language: string }
  readonly product: ProductStatement
  readonly images: readonly ReleaseImage[]
  readonly unpacked: Pick<Unpacked, 'bytes' | 'files' | 'partial' | 'unknownBytes'> & {
    readonly limits: readonly { readonly limit: string; readonly path: string }[]
  }
  readonly components: readonly (Pick<Component, 'name' | 'title' | 'version' | 'source'> & {
    readonly places: readonly { readonly path: string }[]
  })[]
  readonly services: readonly Pick<
    Service,
    'authenticates' | 'command' | 'listens' | 'missing' | 'name' | 'path' | 'title' | 'user' | 'when'
  >[]
  readonly chains: readonly SavedChain[]
  readonly mechanisms: readonly SavedMechanism[]
  readonly evidence: readonly SavedEvidence[]
  readonly provisions: readonly SavedProvision[]
}

export interface SavedChain {
  readonly kind: 'boot' | 'update'
  readonly name: string
  readonly verdict: ChainVerdict
  readonly steps: readonly {
    readonly title: string
    readonly state: ChainState
    readonly scheme: string | null
    readonly level: SignatureLevel | null
    readonly stages: readonly string[]
    readonly anchors: readonly {
      readonly form: string
      readonly fingerprint: string
      readonly name: string
      readonly everybody: boolean
    }[]
    readonly rollback: readonly {
      readonly name: string
      readonly value: number | string | null
      readonly signed: boolean
    }[]
    /** Nest path at which the evidence stands; null where no check states any. */
    readonly path: string | null
  }[]
}

export interface SavedMechanism {
  readonly client: string
  readonly title: Text
  readonly parts: readonly SavedPart[]
}

/** A part of an update mechanism: its sentence, and what it is in words that stay the same in every language. */
export interface SavedPart {
  readonly id: PartId
  readonly statement: Text
  readonly polarity: Polarity
  readonly path: string
  readonly details: Json
}

export interface SavedEvidence {
  readonly id: string
  readonly polarity: Polarity
  readonly kind: string
  readonly level: SignatureLevel | null
  readonly path: string
  readonly offset: number
  readonly title: Text
  readonly observation: Json
}

export interface SavedProvision {
  readonly edition: string
  readonly id: string
  /** By `baseline` and the ids of profiles. */
  readonly verdicts: Readonly<Record<string, Verdict>>
}

/** `open`: the two files do not show it. */
export type ReleaseAnswer = 'no' | 'open' | 'yes'

export type ReleaseQuestion =
  /** Whether one key, or one authority, signed both. */
  | 'signer'
  /** Whether a version or counter rises strictly. */
  | 'rises'
  /** Whether the new update is for the hardware that the old one is for. */
  | 'hardware'
  /** Whether a device with the old release would take the new one. */
  | 'accepted'
  /** Whether a device with the new release would take the old one. */
  | 'downgrade'

/** An answer about the step from one release to the next, and how far it is verified. */
export interface ReleaseStatement {
  readonly question: ReleaseQuestion
  /** `RAUC`, `MCUboot: application`. */
  readonly subject: string
  readonly answer: ReleaseAnswer
  readonly text: Text
  /** How far that is verified, and by what. */
  readonly basis: Text
  /** What each shows: fingerprints, versions, hardware. */
  readonly old: readonly string[]
  readonly new: readonly string[]
  /** Nest paths. */
  readonly places: { readonly old: readonly string[]; readonly new: readonly string[] }
}

export type SecretChange =
  /** Equal in both. */
  | 'stayed'
  /** In the same place, another one. */
  | 'changed'
  /** In the same place; whether it is another one cannot be told. */
  | 'not-comparable'
  | 'new'
  | 'went'

/** A secret of one release or of both. */
export interface ReleasedSecret {
  readonly change: SecretChange
  readonly kind: ComparedSecret['kind']
  readonly subject: string
  readonly opens: ComparedSecret['opens']
  readonly name: string
  /** Everybody can have it: a usual password, a published key. Of the new release's, where it is in both. */
  readonly known: boolean
  readonly old: ReleasedSecretPlace | null
  readonly new: ReleasedSecretPlace | null
}

export interface ReleasedSecretPlace {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly form: ComparedSecret['places'][number]['form']
  /** SHA-256 (hex) of the public half, SubjectPublicKeyInfo. */
  readonly publicSha256: string | null
}

export interface FileChanges {
  readonly equal: number
  readonly moved: number
  readonly changed: number
  readonly added: number
  readonly removed: number
  /** The first of each, by path; at most MOST_TOLD of the comparison. */
  readonly changedPaths: readonly { readonly old: string; readonly new: string }[]
  readonly addedPaths: readonly string[]
  readonly removedPaths: readonly string[]
}

export interface ComponentChange {
  readonly name: string
  readonly title: string
  /** `other`: different versions that have no order. */
  readonly change: 'added' | 'down' | 'equal' | 'other' | 'removed' | 'up'
  readonly old: readonly string[]
  readonly new: readonly string[]
  readonly places: { readonly old: readonly string[]; readonly new: readonly string[] }
}

export interface ServiceChange {
  readonly name: string
  readonly title: string
  readonly change: 'added' | 'changed' | 'equal' | 'removed'
  readonly listens: { readonly old: readonly string[]; readonly new: readonly string[] }
  readonly authenticates: { readonly old: boolean | null; readonly new: boolean | null }
  readonly path: string
}

/** A finding against the product that only one release has, or both; told by its kind and place. */
export interface FindingChange {
  readonly change: 'new' | 'stayed' | 'went'
  readonly kind: string
  readonly title: Text
  readonly path: string
}

/** What is said about an account or a key. */
export interface StateChange {
  readonly change: 'added' | 'changed' | 'removed'
  /** `root (etc/shadow)`, a key's fingerprint. */
  readonly subject: string
  /** Kinds of evidence. */
  readonly old: readonly string[]
  readonly new: readonly string[]
}

export interface VerdictChange {
  readonly edition: string
  readonly id: string
  /** `baseline`, or the id of a profile. */
  readonly scope: string
  readonly old: Verdict | null
  readonly new: Verdict | null
}

export interface ChainChange {
  readonly kind: 'boot' | 'update'
  readonly scheme: string
  readonly stages: readonly string[]
  readonly old: { readonly level: SignatureLevel | null; readonly state: ChainState } | null
  readonly new: { readonly level: SignatureLevel | null; readonly state: ChainState } | null
}

/** A part of an update mechanism that is not the same in both. */
export interface MechanismChange {
  readonly client: string
  readonly title: Text
  readonly part: PartId
  readonly change: 'added' | 'changed' | 'removed'
  /** Only what the other release does not have. */
  readonly old: readonly SaidPart[]
  readonly new: readonly SaidPart[]
  /** The old release had something in favour of this part, and the new one has nothing, though it has the client still, or has none at all. */
  readonly weaker: boolean
}

export type SaidPart = Pick<SavedPart, 'path' | 'polarity' | 'statement'>

/** What the new release does worse than the old one. */
export interface Regression {
  readonly id:
    | 'chain'
    | 'component'
    | 'finding'
    | 'mechanism'
    | 'not-rising'
    | 'refused'
    | 'secret'
    | 'service'
    | 'verdict'
  readonly text: Text
}

export interface ReleaseSide
  extends Omit<SavedResult, 'chains' | 'components' | 'evidence' | 'mechanisms' | 'provisions' | 'services'> {
  /** `result`: a saved one of `check --json`. */
  readonly source: 'files' | 'result'
}

/** All that one run of `messlatte compare-releases` found out. */
export interface ReleasesResult {
  readonly tool: { readonly name: 'messlatte'; readonly version: string }
  readonly failOn: 'never' | 'worse'
  readonly old: ReleaseSide
  readonly new: ReleaseSide
  /** What makes the comparison say less than it could. */
  readonly notes: readonly Text[]
  readonly worse: readonly Regression[]
  readonly update: readonly ReleaseStatement[]
  /** Null where a saved result was handed in: it holds none that could be compared. */
  readonly secrets: readonly ReleasedSecret[] | null
  /** Null for the same reason. */
  readonly files: FileChanges | null
  readonly components: readonly ComponentChange[]
  readonly services: readonly ServiceChange[]
  readonly accounts: readonly StateChange[]
  readonly keys: readonly StateChange[]
  readonly findings: readonly FindingChange[]
  readonly verdicts: readonly VerdictChange[]
  readonly chains: readonly ChainChange[]
  readonly mechanisms: readonly MechanismChange[]
}
