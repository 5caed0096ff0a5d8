import type { Text } from '@messlatte/model'
import type { Scheme as ChainScheme } from '../../secure-boot/chain/facts.ts'

/** A kind of update file, as the sentences and evidence that they share speak of it. */
export interface UpdateWords {
  /** Middle part of its kinds of evidence: `swu` in `update.swu.signature`. */
  readonly name: string
  /** The subject of a sentence. */
  readonly it: Text
  /** Behind "the signature". */
  readonly of: Text
  /** How anybody verifies the signature with public tools. */
  readonly repeat: string
}

/** One that is a link of the chain as well. */
export interface UpdateScheme extends UpdateWords {
  readonly chain: ChainScheme
}

/** The last parts of the kinds that such a check states. */
export const KINDS = [
  'content',
  'description',
  'known-key',
  'private-key',
  'revoked',
  'signature',
  'uncovered',
  'unsigned',
  'weak',
] as const

export function kindsOf(name: string): readonly string[] {
  return KINDS.map((kind) => `update.${name}.${kind}`)
}
