import type { KeyObject } from 'node:crypto'
import { type Bytes, BytesError, DecodeError, DerError } from '@messlatte/bytes'
import type { TamperCover, TamperKind, TamperSet, Text } from '@messlatte/model'
import { FormatError } from '@messlatte/unpack'
import type { Rope } from './rope.ts'
import type { ThrowAwayKeys } from './signing/keys.ts'

/** A stretch of the file that means one thing. */
export interface Part {
  /** Lower case, digits and `-`: stands in file names. */
  readonly name: string
  readonly title: Text
  /** Bytes from the start of the file. */
  readonly at: number
  readonly length: number
  readonly cover: TamperCover
  /** What to flip, in bytes from the start of the part; its middle where nothing is said. */
  readonly flipAt?: number
  /** Where a bit of a compressed content is flipped, and all of it packed again. */
  readonly flipped?: () => Rope
  /** False where devices put nothing of it to use, so that taking such a file proves nothing. */
  readonly used?: false
}

/** With what a forgery is signed. */
export interface Hands {
  readonly keys: ThrowAwayKeys
  /** The maker's own, where it was handed in: then what is tried is all but the signature. */
  readonly own: KeyObject | undefined
}

/** Another file than the original that is not made by flipping a bit. */
export interface Forgery {
  readonly kind: Exclude<TamperKind, 'flip' | 'truncated'>
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
  readonly signed: TamperSet['signed']
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

/** What readers throw at bytes that are not what they begin as: a reason, and no fault of ours. */
export function isOfReader(error: unknown): error is Error {
  return [BytesError, DecodeError, DerError, FormatError].some((kind) => error instanceof kind)
}
