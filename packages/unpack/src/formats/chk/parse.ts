import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { foldStretch } from '../members.ts'

export const MAGIC = '*#$^'

/** Bytes before the name of the board. */
const FIXED = 40
/** Bytes; the makers' tool takes 64 and no more. */
const MOST_BOARD = 96
/** Where the checksum of the header lies; it counts as zero in itself. */
const HEADER_SUM_AT = 36

/** Netgear CHK header (OpenWrt, mkchkimg.c), big endian. */
export interface ChkHeader {
  /** Bytes, the name of the board included. */
  readonly headerLength: number
  /** 1 is the world, 2 is North America. */
  readonly region: number
  /** Seven numbers: of the firmware, then of its language part. */
  readonly version: readonly number[]
  readonly kernelSum: number
  readonly rootfsSum: number
  /** Bytes. */
  readonly kernelLength: number
  /** Bytes; 0 where there is one part only. */
  readonly rootfsLength: number
  readonly imageSum: number
  readonly headerSumMatches: boolean
  /** Byte string. */
  readonly board: string
}

/** The header at `at`, or undefined for what is none. */
export function parseChkHeader(bytes: Bytes, at: number): ChkHeader | undefined {
  if (at + FIXED >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIXED), 'big')
  if (reader.latin1(4) !== MAGIC) return undefined
  const headerLength = reader.u32()
  if (headerLength <= FIXED || headerLength > FIXED + MOST_BOARD || at + headerLength > bytes.size)
    return undefined
  const region = reader.u8()
  const version = [...reader.take(7)]
  const [kernelSum, rootfsSum, kernelLength, rootfsLength] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  const [imageSum, headerSum] = [reader.u32(), reader.u32()]
  const header = Buffer.from(bytes.view(at, headerLength)).fill(0, HEADER_SUM_AT, FIXED)
  const board = cString(header.subarray(FIXED))
  if (!/^[\x21-\x7e]+$/.test(board) || kernelLength === 0) return undefined
  return {
    headerLength,
    region,
    version,
    kernelSum,
    rootfsSum,
    kernelLength,
    rootfsLength,
    imageSum,
    headerSumMatches: folded(addTo([0, 0], header)) === headerSum,
    board,
  }
}

/** Sum of the bytes, and sum of all those sums, modulo 2^32. */
type Sums = readonly [sum: number, sumOfSums: number]

/** Netgear's checksum of a stretch: both sums, each folded to 16 bits. @throws BytesError */
export function netgearSum(bytes: Bytes, at: number, length: number): number {
  return folded(foldStretch<Sums>(bytes, at, length, [0, 0], addTo))
}

function addTo([before, beforeSums]: Sums, window: Uint8Array): Sums {
  let sum = before
  let sums = beforeSums
  for (const byte of window) {
    sum = (sum + byte) | 0
    sums = (sums + sum) | 0
  }
  return [sum, sums]
}

function folded([sum, sums]: Sums): number {
  return ((foldedHalf(sums) << 16) | foldedHalf(sum)) >>> 0
}

function foldedHalf(sum: number): number {
  const once = (sum & 0xffff) + (sum >>> 16)
  return ((once >>> 16) + once) & 0xffff
}
