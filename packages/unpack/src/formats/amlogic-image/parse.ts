import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** 0x27b51956, little endian. */
export const MAGIC = '\x56\x19\xb5\x27'
export const MAGIC_AT = 8
const HEADER = 64
const MOST_ITEMS = 1024
/** Bytes of each of an item's two names, by the version. */
const NAME: Readonly<Record<number, number>> = { 1: 32, 2: 256 }

/** ampack, src/image.rs: little endian. */
export interface AmlogicImage {
  /** Of all that follows it. */
  readonly crc: number
  /** Bytes of the whole. */
  readonly size: number
  readonly items: readonly AmlogicItem[]
}

export interface AmlogicItem extends Stored {
  /** What it is, which is used like an extension: `PARTITION`, `USB`, `VERIFY`. */
  readonly kind: string
  readonly name: string
}

/** The image at `at`, or undefined: all items have to lie behind the table, within it. */
export function parseAmlogicImage(bytes: Bytes, at: number): AmlogicImage | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = new Reader(bytes.view(at, HEADER), 'little')
  const crc = header.u32()
  const name = NAME[header.u32()]
  if (name === undefined || header.latin1(MAGIC.length) !== MAGIC) return undefined
  const [size, alignment, count] = [header.size64(), header.u32(), header.u32()]
  const entry = 64 + 2 * name
  const contents = HEADER + count * entry
  if (count === 0 || count > MOST_ITEMS || alignment === 0 || !Number.isSafeInteger(at + size))
    return undefined
  if (contents > size || at + contents > bytes.size) return undefined
  const table = bytes.view(at + HEADER, count * entry)
  const items = Array.from({ length: count }, (_, index) => readItem(table, index * entry, name, at))
  return items.every((it) => isItem(it, at + contents, at + size)) ? { crc, size, items } : undefined
}

function readItem(table: Uint8Array, place: number, name: number, start: number): AmlogicItem {
  const reader = new Reader(table, 'little', place + 16)
  const [offset, length] = [reader.size64(), reader.size64()]
  return {
    at: start + offset,
    length,
    kind: cString(reader.take(name)),
    name: cString(reader.take(name)),
  }
}

function isItem(item: AmlogicItem, from: number, end: number): boolean {
  if (item.at < from || !(item.at + item.length <= end)) return false
  return [item.kind, item.name].every((text) => /^[\x20-\x2e\x30-\x7e]+$/.test(text))
}
