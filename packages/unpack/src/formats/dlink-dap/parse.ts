import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Bytes of the header, little endian; all behind it is big endian. */
export const MAGIC = '\x48\0\0\0'
const HEADER = 0x48
const TEXTS = [32, 16, 8] as const

/** OpenWrt firmware-utils, mkdapimg2.c. */
export interface DlinkDap {
  /** Of all bytes of the content. */
  readonly sum: number
  readonly content: Stored
}

/** The header at `at`, or undefined: it has a name and two texts that are filled up with zeros. */
export function parseDlinkDap(bytes: Bytes, at: number): DlinkDap | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [sum, length, kernel] = [reader.u32(), reader.u32(), reader.u32()]
  const texts = TEXTS.map((size) => textOf(reader.take(size)))
  if (texts.includes(undefined) || !/^[\w-]{4,}$/.test(texts[0] ?? '')) return undefined
  if (length === 0 || kernel > length || sum > length * 255) return undefined
  return { sum, content: { at: at + HEADER, length } }
}

function textOf(field: Uint8Array): string | undefined {
  const text = cString(field)
  return /^[\x20-\x7e]*$/.test(text) && field.subarray(text.length).every((byte) => byte === 0)
    ? text
    : undefined
}
