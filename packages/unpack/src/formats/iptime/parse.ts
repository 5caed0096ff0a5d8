import { type Bytes, consistsOf, cString, Reader } from '@messlatte/bytes'
import { isZero, type Stored } from '../members.ts'

export const RESERVED = '\0'.repeat(32)
export const RESERVED_AT = 16
const HEADER = 56
/** Where the image of some models begins. */
const FAR = 2048
const MODEL = /^[a-z]+\d[a-z0-9]*$/
const VERSION = /^\d[\d_.]*$/
const MOST = 256 * 1024 * 1024

/** OpenWrt firmware-utils, iptime-crc32.c: little endian. */
export interface Iptime {
  readonly model: string
  readonly version: string
  /** Without its CRC. */
  readonly header: Uint8Array
  readonly crc: number
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined for what is none. */
export function parseIptime(bytes: Bytes, at: number): Iptime | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const header = Uint8Array.from(bytes.view(at, HEADER))
  const [model, version] = [cString(header.subarray(0, 8)), cString(header.subarray(8, 16))]
  if (!MODEL.test(model) || !VERSION.test(version)) return undefined
  if (!consistsOf(header.subarray(RESERVED_AT, RESERVED_AT + RESERVED.length), 0)) return undefined
  const reader = new Reader(header, 'little', RESERVED_AT + RESERVED.length)
  const [length, crc] = [reader.u32(), reader.u32()]
  if (length === 0 || length > MOST) return undefined
  header.fill(0, HEADER - 4)
  const far = at + FAR <= bytes.size && isZero(bytes, at + HEADER, at + FAR)
  const content = { at: at + (far ? FAR : HEADER), length }
  return { model, version, header, crc, content, end: content.at + length }
}
