import type { Json, Text } from '@messlatte/model'

/** A header of a boot image whose signature, if it has one, is not verified here. */
export interface BootHeader {
  /** Subject of a sentence: { en: 'Boot header of AMD Zynq', de: 'Boot-Kopf von AMD Zynq' }. */
  readonly name: Text
  /** Bytes from the start of the artefact. */
  readonly at: number
  readonly length: number
  /** What the header says: no integrity field, checksum, digest, or a signature. */
  readonly level: 'E0' | 'E1' | 'E2' | 'E3'
  /** Values that a laboratory reads again. */
  readonly fields: { readonly [key: string]: Json }
  readonly notVerified: readonly string[]
  /** The tool that reads the header, or verifies it. */
  readonly repeat: string
}

export function hex32(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
