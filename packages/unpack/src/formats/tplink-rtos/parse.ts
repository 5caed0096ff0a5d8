import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\0\x14\x2f\xc0'
const HEADER = 0x94
const IMAGE_AT = 20
const IMAGE = 'IMG0'

/** binwalk 3, src/structures/tplink.rs: big endian. The content of the image at `at`, or undefined for what is none. */
export function parseTplinkRtos(bytes: Bytes, at: number): Stored | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.at = IMAGE_AT
  if (reader.latin1(IMAGE.length) !== IMAGE) return undefined
  const end = at + IMAGE_AT + reader.u32()
  return end > at + HEADER ? { at: at + HEADER, length: end - at - HEADER } : undefined
}
