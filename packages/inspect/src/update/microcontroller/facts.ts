import type { Address } from '../addresses.ts'
import type { SignId } from './signs.ts'

/** What the texts of a firmware tell about how it is updated. */
export interface FirmwareTexts {
  /** The first place of each, in bytes from the start of the artefact. */
  readonly signs: readonly { readonly id: SignId; readonly offset: number; readonly length: number }[]
  readonly addresses: readonly Address[]
  /** Where certificates in PEM begin. */
  readonly certificates: readonly number[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.firmware-texts': FirmwareTexts
  }
}
