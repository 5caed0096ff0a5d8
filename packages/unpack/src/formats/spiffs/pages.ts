import { type Bytes, type Endian, Reader } from '@messlatte/bytes'

/** Number of an object, number of the part, flags. */
export const PAGE_HEADER = 5
/** In a number of an object: what lies in the page is its index. */
export const INDEX_FLAG = 0x8000
const FREE = 0xffff
const DELETED = 0

/** Whether an entry of a lookup stands for no page. */
export function isUnused(id: number): boolean {
  return id === FREE || id === DELETED
}

export interface SpiffsPage {
  readonly id: number
  /** Which part of the object, or of its index. */
  readonly part: number
  readonly isUsed: boolean
  readonly isFinal: boolean
  readonly isIndex: boolean
  readonly isDeleted: boolean
}

/** Flags count when they are 0, because flash can be written from 1 to 0 only. */
export function readPage(bytes: Bytes, at: number, endian: Endian): SpiffsPage | undefined {
  if (at + PAGE_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, PAGE_HEADER), endian)
  const [id, part, flags] = [reader.u16(), reader.u16(), reader.u8()]
  const has = (bit: number) => (flags & bit) === 0
  return {
    id,
    part,
    isUsed: has(0x01),
    isFinal: has(0x02),
    isIndex: has(0x04),
    isDeleted: has(0x80) || (has(0x40) && has(0x04)),
  }
}

/** Behind the header of an index, filled up to 8: size, type, name. */
const SIZE_AT = 8
const NAME_AT = 13
const MAX_NAME = 128

export function sizeAt(bytes: Bytes, at: number, endian: Endian): number {
  return new Reader(bytes.view(at + SIZE_AT, 4), endian).u32()
}

/** Byte string; undefined for what is no name. */
export function nameAt(bytes: Bytes, at: number, pageSize: number): string | undefined {
  const room = Math.min(MAX_NAME, pageSize - NAME_AT, bytes.size - at - NAME_AT)
  if (room < 2) return undefined
  const view = bytes.view(at + NAME_AT, room)
  const length = view.indexOf(0)
  if (length < 1 || view.subarray(0, length).some((byte) => byte < 0x20 || byte === 0x7f || byte === 0xff))
    return undefined
  return Buffer.from(view.subarray(0, length)).toString('latin1')
}
