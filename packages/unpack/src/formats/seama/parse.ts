import { type Bytes, type Endian, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** The magic in both byte orders: makers of little-endian devices write all numbers the other way round. */
export const MAGICS: Readonly<Record<Endian, string>> = {
  big: '\x5e\xa3\xa4\x17',
  little: '\x17\xa4\xa3\x5e',
}

const HEADER = 12
const DIGEST = 16
/** Images in one file; the makers' tool takes 33. */
const MOST_IMAGES = 64

/** One SEAMA header (seama.h of Alpha Networks' sources, as OpenWrt has it), and what it describes. */
export interface SeamaPart {
  readonly at: number
  /** Texts `key=value`, each with its NUL, padded to four bytes. */
  readonly meta: Stored
  /** MD5 of the image, in hex; undefined for a seal, which only has texts. */
  readonly md5: string | undefined
  readonly image: Stored
}

/** The parts from `at` on: a seal and its images, or images alone. Empty when there is none. */
export function parseSeama(bytes: Bytes, at: number): readonly SeamaPart[] {
  const endian = endianAt(bytes, at)
  if (!endian) return []
  const parts: SeamaPart[] = []
  for (let next = at; parts.length < MOST_IMAGES; ) {
    const part = parsePart(bytes, next, endian)
    // A second seal belongs to the next file.
    if (!part || (parts.length > 0 && !part.md5)) break
    parts.push(part)
    next = part.image.at + part.image.length
  }
  return parts.some(({ md5 }) => md5 !== undefined) ? parts : []
}

function endianAt(bytes: Bytes, at: number): Endian | undefined {
  if (at + HEADER > bytes.size) return undefined
  const magic = latin1(bytes.view(at, 4))
  return magic === MAGICS.big ? 'big' : magic === MAGICS.little ? 'little' : undefined
}

function parsePart(bytes: Bytes, at: number, endian: Endian): SeamaPart | undefined {
  if (endianAt(bytes, at) !== endian) return undefined
  const reader = new Reader(bytes.view(at, HEADER), endian, 4)
  const [reserved, metaLength, length] = [reader.u16(), reader.u16(), reader.u32()]
  const sealed = length === 0
  const metaAt = at + HEADER + (sealed ? 0 : DIGEST)
  if (reserved !== 0 || metaLength % 4 !== 0 || metaAt + metaLength > bytes.size) return undefined
  if (!isMeta(latin1(bytes.view(metaAt, metaLength))) || (sealed && metaLength === 0)) return undefined
  return {
    at,
    meta: { at: metaAt, length: metaLength },
    md5: sealed ? undefined : Buffer.from(bytes.view(at + HEADER, DIGEST)).toString('hex'),
    image: { at: metaAt + metaLength, length },
  }
}

/** Printable texts with a NUL behind each. */
function isMeta(text: string): boolean {
  return text === '' || /^[\x20-\x7e][\x20-\x7e\0]*\0$/.test(text)
}
