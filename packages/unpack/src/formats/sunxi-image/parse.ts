import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'IMAGEWTY'
const UNIT = 1024
const MOST_ITEMS = 1024
const OLD = 0x100

/** OpenixCard, IMAGEWTY.h, and Allwinner's imagefile_new.h: little endian. */
export interface SunxiImage {
  /** Bytes of the whole. */
  readonly size: number
  readonly items: readonly SunxiItem[]
}

export interface SunxiItem extends Stored {
  /** Byte string without a leading slash. */
  readonly path: string
}

/** The image at `at`, or undefined: each item has a whole entry, and lies behind the table within the image. */
export function parseSunxiImage(bytes: Bytes, at: number): SunxiImage | undefined {
  if (at + 2 * UNIT > bytes.size) return undefined
  const header = new Reader(bytes.view(at, UNIT), 'little')
  if (header.latin1(MAGIC.length) !== MAGIC) return undefined
  const [version, headerBytes] = [header.u32(), header.u32()]
  header.skip(8)
  const size = header.u32()
  const old = version === OLD
  if ((!old && version < 0x300) || version > 0x500 || headerBytes > UNIT) return undefined
  const count = new Reader(header.bytes, 'little', old ? 56 : 60).u32()
  const contents = UNIT * (1 + count)
  if (count === 0 || count > MOST_ITEMS || contents > size || at + contents > bytes.size) return undefined
  const table = bytes.view(at + UNIT, count * UNIT)
  const items: SunxiItem[] = []
  for (let place = 0; place < table.length; place += UNIT) {
    const item = readItem(table, place, old, at)
    if (!item || item.at < at + contents || item.at + item.length > at + size) return undefined
    items.push(item)
  }
  return { size, items }
}

function readItem(table: Uint8Array, place: number, old: boolean, start: number): SunxiItem | undefined {
  const reader = new Reader(table, 'little', place)
  if (reader.u32() !== 256 || reader.u32() !== UNIT) return undefined
  reader.skip(28)
  const { path, length, offset } = old ? readOld(reader) : readNew(reader)
  return /^[\x20-\x7e]+$/.test(path)
    ? { path: path.replace(/^\/+/, ''), at: start + offset, length }
    : undefined
}

interface Fields {
  readonly path: string
  /** Bytes that it has; what is stored is filled up. */
  readonly length: number
  readonly offset: number
}

function readOld(reader: Reader): Fields {
  reader.skip(4)
  const [length, offset] = [reader.u32(), reader.u32()]
  reader.skip(4)
  return { path: cString(reader.take(256)), length, offset }
}

function readNew(reader: Reader): Fields {
  const path = cString(reader.take(256))
  reader.skip(8)
  return { path, length: reader.size64(), offset: reader.size64() }
}
