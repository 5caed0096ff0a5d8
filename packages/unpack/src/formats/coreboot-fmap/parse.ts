import { type Bytes, cString, Reader } from '@messlatte/bytes'

export const MAGIC = '__FMAP__'
const HEADER = 56
const AREA = 42
const MOST_AREAS = 1024

/** A stretch of the flash, in bytes from its start. */
export interface FmapArea {
  /** Byte string. */
  readonly name: string
  readonly at: number
  readonly length: number
}

/** The map at some place of a flash, little endian. flashmap, lib/fmap.h. */
export interface Fmap {
  readonly name: string
  /** Of the whole flash, in bytes. */
  readonly size: number
  readonly areas: readonly FmapArea[]
  /** Offset behind it, in the source. */
  readonly end: number
}

/** The map at `at`, or undefined for what is none: its areas have names, and lie in the flash. */
export function parseFmap(bytes: Bytes, at: number): Fmap | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(8) !== MAGIC) return undefined
  const [major, minor] = [reader.u8(), reader.u8()]
  reader.skip(8)
  const size = reader.u32()
  const name = nameOf(reader.take(32))
  const count = reader.u16()
  const end = at + HEADER + count * AREA
  if (major !== 1 || minor > 16 || name === undefined || size === 0) return undefined
  if (count === 0 || count > MOST_AREAS || end > bytes.size) return undefined
  const list = new Reader(bytes.view(at + HEADER, count * AREA), 'little')
  const areas: FmapArea[] = []
  for (let index = 0; index < count; index++) {
    const [from, length] = [list.u32(), list.u32()]
    const area = nameOf(list.take(32))
    list.skip(2)
    if (!area || from + length > size) return undefined
    areas.push({ name: area, at: from, length })
  }
  return { name, size, areas, end }
}

/** Printable up to its zero; undefined for what is no name. */
function nameOf(field: Uint8Array): string | undefined {
  const name = cString(field)
  return /^[ -~]*$/.test(name) ? name : undefined
}
