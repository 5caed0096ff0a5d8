import type { CaseRef } from './catalogue.ts'
import type { SignatureLevel } from './evidence.ts'
import type { DamageNote } from './release.ts'
import type { Text } from './text.ts'

/**
 * How far the signature of an update reaches: `signed` it is over these bytes or over a digest of them, `signature` they are
 * it, `checksum` a sum that anybody can make, `unsigned` nothing of the kind is over them, `unknown` nobody here can tell.
 */
export type TamperCover = 'signed' | 'signature' | 'checksum' | 'unsigned' | 'unknown'

/** What is done to an update. */
export type TamperKind =
  | 'flip'
  | 'corrected-digests'
  | 'stripped-signature'
  | 'foreign-key'
  | 'older-version'
  | 'other-hardware'
  | 'truncated'

/**
 * What a device must do with a file: `refuse` it, or `judge`: taking it is no fault by itself, because nothing that is used
 * was changed, or because the file alone cannot tell.
 */
export type TamperAnswer = 'refuse' | 'judge'

/**
 * What our own checks say of a file: `verified` with a key that is trusted or lies in the release, `refused` because a
 * signature or what it covers does not hold, `open` where no such key is at hand, `unsigned` where there is no signature,
 * `damaged` where reading it fails, `nothing` where nothing in it is known to be signed.
 */
export type TamperSight = 'verified' | 'refused' | 'open' | 'unsigned' | 'damaged' | 'nothing'

export interface TamperSeen {
  readonly sight: TamperSight
  /** Levels of its signatures, in the order of the scale. */
  readonly levels: readonly SignatureLevel[]
  /** Kinds of evidence against it, in alphabetical order. */
  readonly against: readonly string[]
  /** What reading it stumbled over. */
  readonly damage: readonly DamageNote['code'][]
}

/** A changed place, as a person can look it up. */
export interface TamperChange {
  /** Bytes from the start of the original, and of the changed file. */
  readonly offset: number
  readonly newOffset: number
  /** Bytes taken out, and put in. */
  readonly removed: number
  readonly inserted: number
  /** Hex of the first bytes of either. */
  readonly old: string
  readonly new: string
}

/** A file of a set of forged updates. */
export interface TamperFile {
  /** Name in the folder of the set. */
  readonly file: string
  readonly number: number
  /** Lower case, digits and `-`. */
  readonly what: string
  readonly kind: TamperKind
  readonly title: Text
  readonly part: {
    readonly name: string
    readonly cover: TamperCover
    /** Bytes from the start of the original. */
    readonly at: number
    readonly length: number
  } | null
  /** Whether sums outside of the signature were put in order: `none` where nothing had to be. */
  readonly sums: 'mended' | 'left' | 'none'
  /** Bytes. */
  readonly size: number
  /** Null where it was not written. */
  readonly sha256: string | null
  readonly answer: TamperAnswer
  /** Why it is for a person to judge. */
  readonly judge: Text | null
  readonly cases: readonly CaseRef[]
  readonly changes: readonly TamperChange[]
  /** How many there are, where not all are told. */
  readonly changesInAll: number
  /** Null where our own checks did not look. */
  readonly seen: TamperSeen | null
}

/** What a verifier of the maker's did with a file. */
export interface TamperTrial {
  /** Name in the folder of the set; null for the genuine file. */
  readonly file: string | null
  /** `failed`: it could not be started, was ended by a signal or by the time limit; that is no answer. */
  readonly outcome: 'accepted' | 'refused' | 'failed'
  readonly code: number | null
  readonly signal: string | null
  /** The last of what it said, made of printable characters only. */
  readonly said: string
}

export interface TamperVerifier {
  /** As it was called; `{}` stands for the path of the file. */
  readonly command: readonly string[]
  readonly trials: readonly TamperTrial[]
  /** Files that it took and had to refuse. */
  readonly letThrough: readonly string[]
  readonly refusedGood: boolean
}

/** All that is told of a set. */
export interface TamperSet {
  readonly tool: { readonly name: 'messlatte'; readonly version: string }
  readonly original: {
    readonly name: string
    readonly size: number
    readonly sha256: string
    readonly seen: TamperSeen | null
  }
  readonly format: string
  readonly signed: 'yes' | 'no' | 'unknown'
  /** Sums outside of the signature that were put in order. */
  readonly sums: Text | null
  /** Whether a key of the maker's signed what is not about the signature. */
  readonly signedByMaker: boolean
  readonly files: readonly TamperFile[]
  readonly notMade: readonly { readonly what: string; readonly why: Text }[]
  readonly limits: readonly Text[]
  readonly verifier: TamperVerifier | null
}
