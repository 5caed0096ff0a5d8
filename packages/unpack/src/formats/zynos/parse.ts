import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Behind two bytes that are not used. */
export const MAGIC = '\0\0SIG'
export const MAGIC_AT = 4
const HEADER = 48
/** Bytes. */
const MARK = 2
const MOST = 64 * 1024 * 1024
const TYPES: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 0x80, 0x81, 0x82])
/** The object is packed; the sum of what is packed, and of what comes out, are there. */
const [PACKED, PACKED_SUMMED, SUMMED] = [0x80, 0x20, 0x40] as const
const VERSION = /^[\x20-\x7e]*\0*$/
const WINDOW = 256 * 1024

/** OpenWrt firmware-utils, zynos.h: big endian. */
export interface Zynos {
  readonly type: number
  readonly loadAddress: number
  readonly packed: boolean
  /** Of the content as it is stored; undefined where there is none. */
  readonly sum?: number
  readonly content: Stored
  readonly end: number
}

/** The object at `at`, or undefined for what is none. */
export function parseZynos(bytes: Bytes, at: number): Zynos | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  const loadAddress = reader.u32()
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [type, plainLength, packedLength, flags] = [reader.u8(), reader.u32(), reader.u32(), reader.u8()]
  reader.skip(1)
  const [plainSum, packedSum] = [reader.u16(), reader.u16()]
  if (!TYPES.has(type) || !VERSION.test(latin1(reader.take(15)))) return undefined
  const packed = (flags & PACKED) !== 0
  const length = packed ? packedLength : plainLength
  if (length === 0 || length > MOST) return undefined
  const summed = packed ? (flags & PACKED_SUMMED) !== 0 : (flags & SUMMED) !== 0
  const content = { at: at + HEADER, length }
  const sum = packed ? packedSum : plainSum
  return { type, loadAddress, packed, ...(summed && { sum }), content, end: content.at + length }
}

/**
 * Whether the header counts no more than a mark. OpenWrt's mkzynfw makes the words behind it, of the whole image, sum up to the mark;
 * erased and zeroed bytes behind an image leave such a sum as it is.
 */
export function isMark({ packed, content }: Zynos): boolean {
  return !packed && content.length === MARK
}

/** Words of 16 bits, big endian, each sum of over 16 bits with one more. @throws BytesError */
export function wordSumOf(bytes: Bytes, { at, length }: Stored): number {
  let sum = 0
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    for (let place = 0; place < window.length; place += 2) {
      sum += ((window[place] as number) << 8) | (window[place + 1] ?? 0)
      if (sum > 0xffff) sum = (sum + 1) & 0xffff
    }
    return true
  })
  return sum
}
