import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32Of } from '../members.ts'

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
  /** Where the last partition of version 2, the header of the image file, begins; 0 where there is none. */
  readonly binHeader: number
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
  const binHeader = version === 2 ? (all[3] as number) : 0
  return offsets.length > 0 ? { length, crc, flags, version, offsets, binHeader } : undefined
}

/** What the boot loader writes into that header while it tries an image: the CRC is of ones in its place. */
const TRIED = { at: 22, length: 8 }

/** The CRC as boot loaders compute it for version 2 (OpenWrt, trx.c); undefined without the header of the image file. */
export function crcWithBinHeader(
  bytes: Bytes,
  start: number,
  { length, binHeader }: TrxHeader,
): number | undefined {
  const from = binHeader + TRIED.at
  const behind = from + TRIED.length
  if (binHeader === 0 || behind > length) return undefined
  const before = crc32Of(bytes, start + CRC_FROM, from - CRC_FROM)
  const ones = crc32(new Uint8Array(TRIED.length).fill(0xff), before)
  return ~crc32Of(bytes, start + behind, length - behind, ones) >>> 0
}
