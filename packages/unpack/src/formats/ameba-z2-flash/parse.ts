import { type Bytes, Reader } from '@messlatte/bytes'
import type { Part } from '../disk-parts.ts'

/** What the chip calibrates its flash controller with. */
export const MAGIC = '\x99\x99\x96\x96\x3f\xcc\x66\xfc\xc0\x33\xcc\x03\xe5\xdc\x31\x62'
/** Of the image that holds the table: behind keys. */
const HEADER_AT = 0x60
const TYPE_AT = HEADER_AT + 8
const TABLE_AT = 0xc0
const COUNT_AT = TABLE_AT + 4
const FIXED = 32
const ROW = 64
const MOST_ROWS = 32
const HASH = 32
/** Bytes of flash that these chips have at most. */
const MOST = 16 * 1024 * 1024
const NAMES = ['table', 'boot', 'sys', 'cal', 'user', 'fw1', 'fw2', 'var', 'mp', 'rdp']

export interface AmebaZ2Table {
  readonly parts: readonly Part[]
  /** Bytes from the start of the flash. */
  readonly end: number
}

/** The table of the flash at `at`, or undefined. Little endian; the sources are those of `amebaZ2Flash`. */
export function parseAmebaZ2Table(bytes: Bytes, at: number): AmebaZ2Table | undefined {
  if (at + TABLE_AT + FIXED > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, TABLE_AT + FIXED), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.at = HEADER_AT
  const length = reader.u32()
  reader.at = TYPE_AT
  if (reader.u8() !== 0) return undefined
  reader.at = COUNT_AT
  const count = reader.u8() + 1
  const end = TABLE_AT + FIXED + count * ROW
  if (count > MOST_ROWS || length < end - TABLE_AT || at + end > bytes.size) return undefined
  const parts = Array.from({ length: count }, (_, index) =>
    partOf(new Reader(bytes.view(at + TABLE_AT + FIXED + index * ROW, ROW), 'little'), index),
  )
  if (!parts.every(({ offset, size }) => size > 0 && offset >= end && offset + size <= MOST)) return undefined
  return { parts, end: TABLE_AT + length + HASH }
}

function partOf(reader: Reader, index: number): Part {
  const [offset, size, type] = [reader.u32(), reader.u32(), reader.u8()]
  return { name: NAMES[type] ?? `type-${type}`, number: index + 1, offset, size }
}
