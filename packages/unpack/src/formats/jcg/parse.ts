import { crc32 } from 'node:zlib'
import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'
import { crc32Of, type Stored } from '../members.ts'

export const MAGIC = 'YSZJ'
const HEADER = 512
const TYPE_AT = 36
const PLAIN = 1
const CRCS_AT = 504
/** A uImage header: the least that a content has. */
const LEAST = 64
/** More than the flash of any such device holds. */
const MOST = 16 * 1024 * 1024
const WINDOW = 256 * 1024

/** OpenWrt firmware-utils, jcgimage.c: big endian. */
export interface Jcg {
  readonly content: Stored
  /** False where no length of the content has the CRC-32 that the header tells. */
  readonly crcFits: boolean
}

/** The image at `at`, or undefined for what is no header. No length stands in it: the CRC-32 of the content tells where it ends. */
export function parseJcg(bytes: Bytes, at: number): Jcg | undefined {
  const from = at + HEADER
  if (from + LEAST > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  if (new Reader(header, 'big', TYPE_AT).u32() !== PLAIN) return undefined
  const crcs = new Reader(header, 'big', CRCS_AT)
  const [content, own] = [crcs.u32(), crcs.u32()]
  if (crc32(new Uint8Array(4), crc32(header.subarray(0, HEADER - 4))) !== own) return undefined
  const end = endOf(bytes, from, content)
  return { content: { at: from, length: (end ?? bytes.size) - from }, crcFits: end !== undefined }
}

/** Where the bytes from `from` on have that CRC-32: all of them, as in an update file, or the first so many. */
function endOf(bytes: Bytes, from: number, expected: number): number | undefined {
  const all = bytes.size - from
  if (all <= MOST && crc32Of(bytes, from, all) === expected) return bytes.size
  let end: number | undefined
  let done = from
  let crc = 0xffffffff
  const wanted = ~expected >>> 0
  forEachWindow(bytes, from, Math.min(bytes.size, from + MOST), WINDOW, 0, (window) => {
    for (const byte of window) {
      crc = ((TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)) >>> 0
      done++
      if (crc === wanted && done - from >= LEAST) {
        end = done
        return false
      }
    }
    return true
  })
  return end
}

/** Of CRC-32 byte by byte: the library's gives its value at the end of a stretch only. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})
