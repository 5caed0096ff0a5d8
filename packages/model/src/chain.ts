import type { SignatureLevel } from './evidence.ts'
import type { Text } from './text.ts'

/** Something that runs or is read before it runs, as a stage of a chain. */
export interface ChainPart {
  /** Nest path; stands for all that lies inside. */
  readonly path: string
  /** As the format calls it. */
  readonly name: string
  /** `kernel`, `root-file-system` …: stable. */
  readonly stage: string
  /** The same for people. */
  readonly title: Text
  readonly encrypted: boolean
}

/** What a catalogue of cryptographic mechanisms says of an algorithm. */
export interface ChainStrength {
  /** `agreed` without an end, `legacy` until a year, `below` what is asked for, `insecure`, or not known. */
  readonly grade: 'agreed' | 'legacy' | 'below' | 'insecure' | 'unknown'
  readonly text: Text
  /** The catalogue that says so; null where none does. */
  readonly source: string | null
}

/** A key, or a hash, that a step verifies with. */
export interface ChainAnchor {
  /** `SHA-256 of SubjectPublicKeyInfo`: what the digits are. */
  readonly form: string
  /** Lower-case hex. */
  readonly fingerprint: string
  readonly name: string
  /** Where it lies. */
  readonly lies: Text
  /** Everybody can sign with it: it was published, or its private half lies in the release. */
  readonly everybody: boolean
}

/** What only the hardware can tell, and what a document about one unit told. */
export interface ChainQuestion {
  readonly id: string
  readonly question: Text
  /** As a laboratory types or does it. */
  readonly command: Text
  /** Null while it is open. */
  readonly answer: Text | null
}

export interface ChainRollback {
  readonly name: string
  readonly value: number | string | null
  /** Within what is signed. */
  readonly signed: boolean
}

/** `refused`: not signed, and the step before starts only what is. */
export type ChainState = 'verified' | 'open' | 'broken' | 'refused'

/** One stage (or several that one signature covers), and what verifies it. */
export interface ChainStep {
  /** Stages in it, for people: `kernel, device tree`. */
  readonly title: Text
  /** A configuration, a slot, a version; empty where there is none. */
  readonly name: string
  /** Index of the step that holds the key or hash; null where that is the hardware, or nothing. */
  readonly after: number | null
  readonly state: ChainState
  readonly reason: Text
  readonly parts: readonly ChainPart[]
  readonly gaps: readonly (ChainPart & { readonly why: Text })[]
  /** Name of the scheme; null where nothing verifies it. */
  readonly scheme: string | null
  readonly level: SignatureLevel | null
  /** `RSA-3072 (PSS), SHA-256`; null where nothing is signed. */
  readonly algorithm: string | null
  readonly strength: ChainStrength | null
  readonly anchors: readonly ChainAnchor[]
  /** Who refuses it when it does not verify. */
  readonly demand: Text
  readonly rollback: readonly ChainRollback[]
  /** The public command that verifies it again; null where there is nothing to verify. */
  readonly repeat: string | null
  /** Where it stands, and the kind of evidence that says so; null for what no check states evidence of. */
  readonly evidence: {
    readonly kind: string
    readonly path: string
    readonly offset: number
    readonly length: number
  } | null
}

/** `absent`: nothing in it is signed. `whole`: verified from the first step that is here to the last. */
export type ChainVerdict = 'absent' | 'broken' | 'open' | 'whole' | 'refused'

/** What verifies what, on one way in which a device can start. */
export interface BootChain {
  /** `update` chains end at an update, and say nothing about what starts. */
  readonly kind: 'boot' | 'update'
  /** Tells chains apart. */
  readonly name: string
  /** Other ways through the same image that come to the same, step by step: configurations of one FIT. */
  readonly alike: readonly string[]
  readonly verdict: ChainVerdict
  readonly summary: Text
  /** In the order in which they start. */
  readonly steps: readonly ChainStep[]
  readonly hardware: readonly ChainQuestion[]
  /** What read-outs of units say of its beginning: `verified` on one unit, `broken` where a unit demands nothing, else `open`. */
  readonly root: ChainState
}
