import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'HDR0'

/** Broadcom TRX header, little endian. */
export interface TrxHeader {
  /** Bytes, the header included. */
  readonly length: number
  /** CRC-32 without the final inversion, over all behind this field. */
  readonly crc: number
  readonly flags: number
  /** 1 has three offsets, 2 has four. */
  readonly version: 1 | 2
  /** Where partitions begin, from the start of the header, ascending. */
  readonly offsets: readonly number[]
}

/** Where the bytes begin that the CRC covers. */
export const CRC_FROM = 12

/** The header at `at`, or undefined for what is none. */
export function parseTrxHeader(bytes: Bytes, at: number): TrxHeader | undefined {
  if (at + 32 > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, 32), 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  const [length, crc, flags, version] = [reader.u32(), reader.u32(), reader.u16(), reader.u16()]
  if (version !== 1 && version !== 2) return undefined
  const all = Array.from({ length: version + 2 }, () => reader.u32())
  const offsets = all.filter((offset) => offset !== 0)
  let before = reader.at - 1
  for (const offset of offsets) {
    if (offset <= before || offset >= length) return undefined
    before = offset
  }
  return offsets.length > 0 ? { length, crc, flags, version, offsets } : undefined
}
