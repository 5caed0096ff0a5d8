import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'CHDR'
const HEADER = 16
/** Flags beside the first one are not known. */
const MOST_FLAGS = 0xff
/** More than the flash of any such device holds. */
const MOST = 512 * 1024 * 1024

/** OpenWrt firmware-utils, linksys-addfwhdr.c: little endian. */
export interface LinksysChdr {
  readonly crc: number
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined for what is none. */
export function parseLinksysChdr(bytes: Bytes, at: number): LinksysChdr | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [length, crc, flags] = [reader.u32(), reader.u32(), reader.u32()]
  if (length <= HEADER || length > MOST || flags === 0 || flags > MOST_FLAGS) return undefined
  return { crc, content: { at: at + HEADER, length: length - HEADER }, end: at + length }
}
