import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = '81958711'
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
  if (reader.latin1(8) !== MAGIC) return undefined
  const [length, address] = [reader.u32(), reader.u32()]
  return latin1(view.subarray(16)) === FILLER && length > 0 && length <= MOST
    ? { length, address }
    : undefined
}
