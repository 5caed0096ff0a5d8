import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'KNLT'
export const MAGIC_AT = 8
const SIZE_AT = 0x18
const LEAST = 0x40
/** Bytes of flash that these chips have at most. */
const MOST = 4 * 1024 * 1024
export const CRC_BYTES = 4

/**
 * Bytes of the image at `at`, its CRC included, or undefined. Facts: Telink, AN-17120401 (Zigbee SDK developer manual),
 * "OTA", and firmware that makers ship.
 */
export function sizeOfTelink(bytes: Bytes, at: number): number | undefined {
  if (at + LEAST > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, LEAST), 'little', MAGIC_AT)
  if (reader.latin1(4) !== MAGIC) return undefined
  reader.at = SIZE_AT
  const size = reader.u32()
  return size >= LEAST && size <= MOST && size % 4 === 0 ? size : undefined
}
