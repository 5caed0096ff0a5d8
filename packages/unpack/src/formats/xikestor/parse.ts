import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\xfe\x07\x13\x01'
const HEADER = 712
const CRC_AT = 4
const PAYLOAD_CRC_AT = 192
const MOST = 64 * 1024 * 1024

/** OpenWrt firmware-utils, sks7300-img.c: big endian. */
export interface Xikestor {
  readonly crc: number
  readonly content: Stored
  readonly end: number
}

/** The image at `at`, or undefined: without the CRC of its header it is none. */
export function parseXikestor(bytes: Bytes, at: number): Xikestor | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = Buffer.from(bytes.view(at, HEADER))
  const reader = new Reader(header, 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [headerCrc, length] = [reader.u32(), reader.u32()]
  const crc = header.readUInt32BE(PAYLOAD_CRC_AT)
  if (length <= DISGUISED || length > MOST) return undefined
  if (crc32(header.fill(0, CRC_AT, CRC_AT + 4)) !== headerCrc) return undefined
  const content = { at: at + HEADER, length }
  return { crc, content, end: content.at + length }
}

/** Bytes of the header in disguise, and of LZMA's own. */
const DISGUISED = 16
const PLAIN = 13
const STEP = 0x4000
/** Bytes of each step that are mixed with their place. */
const MIXED = 8
const [POSITIONS, LITERAL_POSITIONS, LITERALS] = [0x37, 0x5e, 0xb9] as const

/** The stream as LZMA has it: properties, dictionary and length in their order, and the mixed bytes plain. */
export function plainLzma(disguised: Buffer): Buffer {
  if (disguised.length < DISGUISED) return Buffer.alloc(0)
  const [pb, lp, lc] = [
    byteAt(disguised, 4) ^ POSITIONS,
    byteAt(disguised, 5) ^ LITERAL_POSITIONS,
    byteAt(disguised, 6) ^ LITERALS,
  ]
  const header = Buffer.alloc(PLAIN)
  header[0] = (pb * 5 + lp) * 9 + lc
  // The highest byte comes last.
  for (const [place, from] of [10, 9, 8, 11].entries()) header[1 + place] = byteAt(disguised, from)
  header.writeUInt32LE(disguised.readUInt32BE(12), 5)
  const content = Buffer.from(disguised.subarray(DISGUISED))
  // The last step is left out where it begins within the last bytes: the tool counts the length of the plain header off.
  const last = disguised.length - (DISGUISED - PLAIN) - PLAIN - DISGUISED
  for (let at = 0; at < last; at += STEP)
    for (let index = 0; index < MIXED && at + index < content.length; index++)
      content[at + index] = byteAt(content, at + index) ^ index
  return Buffer.concat([header, content])
}

function byteAt(content: Uint8Array, at: number): number {
  return content[at] as number
}
