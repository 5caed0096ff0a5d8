import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = '81958711'
/** Of boot loaders. */
export const BOOT_MAGIC = '\x99\x99\x96\x96\x3f\xcc\x66\xfc'
export const HEADER_BYTES = 32
/** Bytes of flash that these chips have at most. */
const MOST = 16 * 1024 * 1024
const FILLER = '\xff'.repeat(16)

/** Realtek AmebaZ and AmebaD, header of an image: little endian. Facts: ltchiptool, ambz. */
export interface AmebaImage {
  /** Bytes behind the header. */
  readonly length: number
  /** Where it is loaded; 0 for code that runs in flash. */
  readonly address: number
}

/** The image at `at`, or undefined. */
export function parseAmebaImage(bytes: Bytes, at: number): AmebaImage | undefined {
  if (at + HEADER_BYTES > bytes.size) return undefined
  const view = bytes.view(at, HEADER_BYTES)
  const reader = new Reader(view, 'little')
  const magic = reader.latin1(8)
  const [length, address] = [reader.u32(), reader.u32()]
  // The first part of a boot loader may be empty.
  const least = magic === BOOT_MAGIC ? 0 : 1
  if (magic !== MAGIC && magic !== BOOT_MAGIC) return undefined
  return latin1(view.subarray(16)) === FILLER && length >= least && length <= MOST
    ? { length, address }
    : undefined
}
