import type { KeyObject } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { Text } from '@messlatte/model'
import type { Rope } from './rope.ts'
import type { ThrowAwayKeys } from './signing/keys.ts'

/**
 * How far the signature of the file reaches: `signed` it is over these bytes or over a digest of them, `signature` they are
 * it, `checksum` a sum that anybody can make, `unsigned` nothing of the kind is over them, `unknown` nobody here can tell.
 */
export type Cover = 'signed' | 'signature' | 'checksum' | 'unsigned' | 'unknown'

/** A stretch of the file that means one thing. */
export interface Part {
  /** Lower case, digits and `-`: stands in file names. */
  readonly name: string
  readonly title: Text
  /** Bytes from the start of the file. */
  readonly at: number
  readonly length: number
  readonly cover: Cover
  /** What to flip, in bytes from the start of the part; its middle where nothing is said. */
  readonly flipAt?: number
  /** False where devices put nothing of it to use, so that taking such a file proves nothing. */
  readonly used?: false
}

export const KINDS = [
  'flip',
  'corrected-digests',
  'stripped-signature',
  'foreign-key',
  'older-version',
  'other-hardware',
  'truncated',
] as const

/** What is done to a file. */
export type Kind = (typeof KINDS)[number]

/** With what a forgery is signed. */
export interface Hands {
  readonly keys: ThrowAwayKeys
  /** The maker's own, where it was handed in: then what is tried is all but the signature. */
  readonly own: KeyObject | undefined
}

/** Another file than the original that is not made by flipping a bit. */
export interface Forgery {
  readonly kind: Exclude<Kind, 'flip' | 'truncated'>
  /** Ending of its name, where a kind has several: lower case, digits and `-`. */
  readonly variant?: string
  readonly title: Text
  /** Why a device that takes it is not at fault for that alone. */
  readonly judge?: Text
  /** @throws NotMade */
  make(hands: Hands): Rope
}

/** What can be told of a file, as its format has it. */
export interface Anatomy {
  /** As it stands in nest paths. */
  readonly format: string
  readonly signed: 'yes' | 'no' | 'unknown'
  /** In the order in which they lie. */
  readonly parts: readonly Part[]
  /** Puts sums in order that lie outside of the signature. */
  readonly sums?: { readonly title: Text; mend(changed: Rope): Rope }
  readonly forgeries: readonly Forgery[]
  /** What was not tried with files of this kind, and why. */
  readonly limits: readonly Text[]
}

/** One kind of update file: undefined for files of other kinds. */
export type Anatomist = (bytes: Bytes) => Anatomy | undefined

/** A forgery that cannot be made for this file. */
export class NotMade extends Error {
  readonly why: Text
  constructor(why: Text) {
    super(why.en)
    this.name = 'NotMade'
    this.why = why
  }
}

export function text(en: string, de: string): Text {
  return { en, de }
}
