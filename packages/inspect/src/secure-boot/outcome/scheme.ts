import type { ProvisionRef, Text } from '@messlatte/model'

/** A scheme of signatures, as the sentences and evidence that schemes share speak of it. */
export interface Scheme {
  /** Middle part of its kinds of evidence: `nordic` in `boot.nordic.signature`. */
  readonly name: string
  /** The subject of a sentence: { en: 'The DFU package', de: 'Das DFU-Paket' }. */
  readonly it: Text
  /** Behind "the signature": { en: 'of the DFU package', de: 'des DFU-Pakets' }. */
  readonly of: Text
  readonly provisions: readonly ProvisionRef[]
  /** How anybody verifies the signature with public tools. */
  readonly repeat: string
  /** What no image shows, and how a laboratory closes it. */
  readonly enforcement: string
}
