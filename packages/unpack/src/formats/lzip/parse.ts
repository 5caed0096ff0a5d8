import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = 'LZIP\x01'

/** Bytes. */
export const HEADER = 6
export const TRAILER = 20

/** Size of the dictionary, in bytes, of the member at `at`; undefined for what is none. */
export function parseLzipHeader(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  if (latin1(header.subarray(0, MAGIC.length)) !== MAGIC) return undefined
  const coded = header[5] as number
  const base = 2 ** (coded & 0x1f)
  const size = base - (base / 16) * (coded >>> 5)
  return size >= 2 ** 12 && base <= 2 ** 29 ? size : undefined
}

/** What a member says at its end, little endian. */
export interface LzipTrailer {
  /** CRC-32 of the content. */
  readonly crc: number
  /** Bytes of the content. */
  readonly size: number
  /** Bytes of the member, header and trailer included. */
  readonly memberSize: number
}

/** @throws BytesError */
export function parseLzipTrailer(bytes: Bytes, at: number): LzipTrailer {
  const reader = new Reader(bytes.view(at, TRAILER), 'little')
  return { crc: reader.u32(), size: reader.size64(), memberSize: reader.size64() }
}
