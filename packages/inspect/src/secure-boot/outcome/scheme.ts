import type { ProvisionRef, Text } from '@messlatte/model'
import type { Scheme as ChainScheme, Fingerprint, HardwareQuestion } from '../chain/facts.ts'

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
  readonly chain: {
    readonly scheme: ChainScheme
    /** Who demands the signature: the ROM by its fuses, or a boot loader that nobody sees. */
    readonly demand: 'hardware' | 'unknown'
    readonly open: readonly HardwareQuestion[]
    /** How fuses or boot loaders of this scheme name a key beside its fingerprint. */
    readonly form: Fingerprint['form']
  }
}
