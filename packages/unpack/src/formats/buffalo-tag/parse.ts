import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import { cksumEnd, crc32High, crc32HighOf } from '../cksum.ts'
import type { Stored } from '../members.ts'

export const BRAND = 'BUFFALO\0'
export const BRAND_AT = 32
const TEXT = /^[\x21-\x7e][\x20-\x7e]*$/
const LENGTH_AT = 136
const CRC_AT = 140
/** Bytes of the three layouts: for one content, for two, and for one with another tag around it. */
const [ONE, TWO, SHORT] = [160, 156, 152] as const
/** What the length of the short layout counts beside the content. */
const SHORT_COUNTS = 200

/** OpenWrt firmware-utils, buffalo-lib.h: big endian. */
export interface BuffaloTag {
  readonly product: string
  /** Such as 1.99. */
  readonly version: string
  readonly platform: string
  /** 0 where the maker left it out. */
  readonly crc: number
  readonly contents: readonly Stored[]
  readonly end: number
}

/** The tag at `at`, or undefined where its lengths do not fit each other. */
export function parseBuffaloTag(bytes: Bytes, at: number): BuffaloTag | undefined {
  if (at + ONE > bytes.size) return undefined
  const tag = bytes.view(at, ONE)
  if (latin1(tag.subarray(BRAND_AT, BRAND_AT + BRAND.length)) !== BRAND) return undefined
  const text = (from: number, length: number) => cString(tag.subarray(from, from + length))
  const [product, version, platform] = [text(0, 32), text(64, 8), text(96, 8)]
  if (![product, version, platform].every((field) => TEXT.test(field))) return undefined
  const reader = new Reader(tag, 'big', LENGTH_AT)
  const [length, crc, third, fourth, fifth] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  const contents = contentsOf(at, { length, third, fourth, fifth })
  const last = contents?.at(-1)
  return contents && last && { product, version, platform, crc, contents, end: last.at + last.length }
}

interface Lengths {
  readonly length: number
  readonly third: number
  readonly fourth: number
  readonly fifth: number
}

function contentsOf(at: number, { length, third, fourth, fifth }: Lengths): readonly Stored[] | undefined {
  if (fifth > 0 && length === ONE + fifth) return [{ at: at + ONE, length: fifth }]
  if (third > 0 && fourth > 0 && length === TWO + third + fourth)
    return [
      { at: at + TWO, length: third },
      { at: at + TWO + third, length: fourth },
    ]
  return third > 0 && length === SHORT_COUNTS + third ? [{ at: at + SHORT, length: third }] : undefined
}

/** Of the tag without its own checksum, and of all behind it. @throws BytesError */
export function cksumOf(bytes: Bytes, start: number, end: number): number {
  const before = crc32HighOf(bytes, start, CRC_AT, 0)
  const behind = start + CRC_AT + 4
  const sum = crc32HighOf(bytes, behind, end - behind, crc32High(new Uint8Array(4), before))
  return cksumEnd(sum, end - start)
}
