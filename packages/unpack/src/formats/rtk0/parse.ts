import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'RTK0'
const FIELDS = 32
const MOST_HEADER = 4096

/** binwalk 3, src/structures/rtk.rs: little endian. The content of the image at `at`, or undefined for what is none. */
export function parseRtk0(bytes: Bytes, at: number): Stored | undefined {
  if (at + FIELDS >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIELDS), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const size = reader.u32()
  reader.skip(8)
  const header = reader.u32() + MAGIC.length
  if (header < FIELDS || header > MOST_HEADER || size <= header) return undefined
  return { at: at + header, length: size - header }
}
