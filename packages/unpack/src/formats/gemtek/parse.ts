import { type Bytes, Reader } from '@messlatte/bytes'

/** Of Gemtek's own and of Asante's routers. */
export const MAGICS = ['GMTK', 'A600'] as const
export const HEADER = 32
export const CRC_AT = 16

/** OpenWrt firmware-utils, mkheader_gemtek.c: little endian. */
export interface Gemtek {
  /** Bytes of the whole. */
  readonly size: number
  /** CRC-32 of the whole, with zeros instead of itself. */
  readonly crc: number
}

/** The image at `at`, or undefined: what is text has to be. */
export function parseGemtek(bytes: Bytes, at: number): Gemtek | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (!MAGICS.includes(reader.latin1(4) as (typeof MAGICS)[number])) return undefined
  const version = reader.latin1(4)
  const product = reader.u32()
  const [size, crc] = [reader.u32(), reader.u32()]
  reader.skip(4)
  const [build, language] = [reader.latin1(4), reader.latin1(4)]
  if (!/^[0-9]{4}$/.test(version) || product === 0 || size <= HEADER) return undefined
  if (!/^[0-9]+\0*$/.test(build) || !/^[A-Z]{2}\0\0$/.test(language)) return undefined
  return { size, crc }
}
