import { crc32 } from 'node:zlib'
import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '0RDH'
const HEADER = 380
const CRC_AT = 372
const CODE_AT = 96

/** OpenWrt firmware-utils, zytrx.c: big endian. */
export interface ZyxelTrx {
  /** CRC-32 of the content without its last step, as the device has it. */
  readonly crc: number
  readonly content: Stored
  /** What the maker calls chip, board and version. */
  readonly chip: string
  readonly board: string
  readonly version: string
}

/** The image at `at`, or undefined: the header has a CRC-32 of its own. */
export function parseZyxelTrx(bytes: Bytes, at: number): ZyxelTrx | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC || reader.u32() !== HEADER) return undefined
  const [total, crc] = [reader.u32(), reader.u32()]
  reader.skip(64)
  const length = reader.u32()
  if (length === 0 || total !== HEADER + length || crcOf(header) !== new Reader(header, 'big', CRC_AT).u32())
    return undefined
  const texts = new Reader(header, 'big', CODE_AT + 164)
  const [chip, board] = [cString(texts.take(8)), cString(texts.take(16))]
  texts.skip(12)
  return { crc, content: { at: at + HEADER, length }, chip, board, version: cString(texts.take(32)) }
}

/** Over the header with zeros instead of the CRC. */
function crcOf(header: Uint8Array): number {
  const zeros = new Uint8Array(4)
  const sum = crc32(header.subarray(CRC_AT + 4), crc32(zeros, crc32(header.subarray(0, CRC_AT))))
  return ~sum >>> 0
}
