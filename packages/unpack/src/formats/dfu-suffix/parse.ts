import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32Of } from '../members.ts'

/** Bytes. */
export const SUFFIX = 16
const SIGNATURE = 'UFD'
/** Bytes of the file that its CRC does not cover: itself. */
const CRC = 4
/** Versions of the format that there are: 1.0, 1.1, and ST's 1.1a. */
const FORMATS = new Set([0x0100, 0x0110, 0x011a])

/** Little endian. */
export interface DfuSuffix {
  readonly vendor: number
  readonly product: number
  /** Of the device, in binary-coded decimal. */
  readonly version: number
  readonly format: number
  readonly crc: number
}

/** The suffix at `at`, or undefined. */
export function parseDfuSuffix(bytes: Bytes, at: number): DfuSuffix | undefined {
  if (at < 0 || at + SUFFIX > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, SUFFIX), 'little')
  const [version, product, vendor, format] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  if (reader.latin1(3) !== SIGNATURE || reader.u8() !== SUFFIX || !FORMATS.has(format)) return undefined
  return { vendor, product, version, format, crc: reader.u32() }
}

/** Whether the CRC of the file from `start` on, of which the suffix at `at` is the end, is the one that it tells. */
export function crcHolds(bytes: Bytes, start: number, at: number, { crc }: DfuSuffix): boolean {
  // The final inversion of the CRC is left out.
  return ~crc32Of(bytes, start, at + SUFFIX - CRC - start) >>> 0 === crc
}

/** What a suffix tells, as people write it. */
export function suffixText({ vendor, product, version }: DfuSuffix): Record<string, string> {
  const hex = (value: number) => `0x${value.toString(16).padStart(4, '0')}`
  return { vendor: hex(vendor), product: hex(product), version: hex(version) }
}
