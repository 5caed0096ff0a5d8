import { type Bytes, Reader } from '@messlatte/bytes'
import { cksumEnd, crc32High, crc32HighOf } from '../cksum.ts'
import type { Stored } from '../members.ts'

export const MAGIC = 'bgn\0\0\0\0\0\0\0\0\xb1'
const HEADER = 20
const CRC_AT = 16

/** OpenWrt firmware-utils, mkdhpimg.c: big endian. */
export interface BuffaloDhp {
  readonly crc: number
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined for what is none. */
export function parseBuffaloDhp(bytes: Bytes, at: number): BuffaloDhp | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [length, crc] = [reader.u32(), reader.u32()]
  if (length <= HEADER || length > MOST) return undefined
  return { crc, content: { at: at + HEADER, length: length - HEADER }, end: at + length }
}

/** More than the flash of any such device holds. */
const MOST = 256 * 1024 * 1024

/** Of the header without its own checksum, and of all behind it. @throws BytesError */
export function cksumOf(bytes: Bytes, start: number, end: number): number {
  const before = crc32HighOf(bytes, start, CRC_AT, 0)
  const sum = crc32HighOf(bytes, start + HEADER, end - start - HEADER, crc32High(new Uint8Array(4), before))
  return cksumEnd(sum, end - start)
}
