import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\x80ZGM'
const HEADER = 256
const NAME = 64

/** FACT extractor, gm8126.py and its sample: big endian. The content at `at`, or undefined for what is no header. */
export function parseGrainMedia(bytes: Bytes, at: number): Stored | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.skip(4)
  const length = reader.u32()
  reader.skip(4)
  const name = cString(reader.take(NAME))
  const filled = header.subarray(reader.at).every((byte) => byte === 0)
  return length > 0 && filled && /^[\x20-\x7e]*$/.test(name) ? { at: at + HEADER, length } : undefined
}
