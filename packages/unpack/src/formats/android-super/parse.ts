import { createHash } from 'node:crypto'
import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'

export const GEOMETRY_MAGIC = 'gDla'
const METADATA_MAGIC = '0PLA'
/** Kept free at the start, in bytes. */
export const RESERVED = 4096
/** Room of each copy of the geometry, in bytes. */
export const GEOMETRY_ROOM = 4096
const GEOMETRY_STRUCT = 52
export const SECTOR = 512
const HEADER = 128
const MOST_HEADER = 4096
/** Of one copy of the metadata, in bytes; 64 KiB are usual. */
const MOST_METADATA = 1024 * 1024
const MOST_SLOTS = 16
const READONLY = 1
const SLOT_SUFFIXED = 2

/** Where the copies of the metadata lie; little endian, in bytes. */
export interface Geometry {
  readonly metadataSize: number
  readonly slots: number
  readonly block: number
}

/** The geometry at `at`; undefined where none stands there, or its checksum differs. */
export function parseGeometry(bytes: Bytes, at: number): Geometry | undefined {
  if (at + GEOMETRY_STRUCT > bytes.size) return undefined
  const view = bytes.view(at, GEOMETRY_STRUCT)
  const reader = new Reader(view, 'little')
  if (reader.latin1(4) !== GEOMETRY_MAGIC || reader.u32() !== GEOMETRY_STRUCT) return undefined
  if (!sumMatches(view, 8)) return undefined
  reader.skip(32)
  const [metadataSize, slots, block] = [reader.u32(), reader.u32(), reader.u32()]
  if (metadataSize % SECTOR !== 0 || metadataSize === 0 || metadataSize > MOST_METADATA) return undefined
  if (slots === 0 || slots > MOST_SLOTS || block % SECTOR !== 0) return undefined
  return { metadataSize, slots, block }
}

/** The SHA-256 of a structure that has its own sum within, as if that were zero. */
function sumMatches(view: Uint8Array, at: number): boolean {
  const copy = Buffer.from(view)
  const told = Buffer.from(copy.subarray(at, at + 32))
  copy.fill(0, at, at + 32)
  return createHash('sha256').update(copy).digest().equals(told)
}

/** A stretch of a partition; sizes and offsets in bytes. */
export type SuperExtent =
  | { readonly type: 'zero'; readonly length: number }
  /** `at` is an offset in the block device of that index. */
  | { readonly type: 'linear'; readonly length: number; readonly at: number; readonly device: number }

export interface SuperPartition {
  /** With the suffix of its slot where it takes one (byte string). */
  readonly name: string
  readonly readonly: boolean
  readonly attributes: number
  readonly group: string
  readonly extents: readonly SuperExtent[]
  /** False where its extents cannot be. */
  readonly holds: boolean
}

export interface SuperMetadata {
  readonly minor: number
  readonly flags: number
  readonly partitions: readonly SuperPartition[]
  /** `maximum` in bytes; 0 where there is none. */
  readonly groups: readonly { readonly name: string; readonly maximum: number }[]
  /** The first one is the one that holds the metadata. `size` and `firstAt`, where contents may begin, are in bytes. */
  readonly devices: readonly { readonly name: string; readonly size: number; readonly firstAt: number }[]
  readonly headerMatches: boolean
  readonly tablesMatch: boolean
  /** Bytes of header and tables. */
  readonly size: number
  /** SHA-256 (hex) of the tables: the same in slots that say the same. */
  readonly tablesSum: string
}

interface Table {
  readonly at: number
  readonly count: number
  readonly size: number
}

/** A copy of the metadata of a slot; undefined where none stands there, or it cannot hold. */
export function parseMetadata(
  bytes: Bytes,
  at: number,
  geometry: Geometry,
  slot: number,
): SuperMetadata | undefined {
  if (at + HEADER > bytes.size) return undefined
  const room = bytes.view(at, Math.min(geometry.metadataSize, bytes.size - at))
  const reader = new Reader(room, 'little')
  if (reader.latin1(4) !== METADATA_MAGIC || reader.u16() !== 10) return undefined
  const [minor, headerSize] = [reader.u16(), reader.u32()]
  if (headerSize < HEADER || headerSize > MOST_HEADER || headerSize > room.length) return undefined
  reader.skip(32)
  const tablesSize = reader.u32()
  if (headerSize + tablesSize > room.length) return undefined
  const tablesSum = latin1(reader.take(32))
  const tables = room.subarray(headerSize, headerSize + tablesSize)
  const told = (least: number): Table | undefined => {
    const table = { at: reader.u32(), count: reader.u32(), size: reader.u32() }
    return table.size >= least && table.at + table.count * table.size <= tablesSize ? table : undefined
  }
  const [partitions, extents, groups, devices] = [told(52), told(24), told(48), told(64)]
  if (!partitions || !extents || !groups || !devices || devices.count === 0) return undefined
  const digest = createHash('sha256').update(tables).digest()
  const groupList = entriesOf(tables, groups, (entry) => {
    const name = cString(entry.take(36))
    const flags = entry.u32()
    return { name: suffixed(name, (flags & 1) !== 0, slot), maximum: entry.size64() }
  })
  return {
    minor,
    flags: headerSize >= HEADER + 4 ? new Reader(room, 'little', HEADER).u32() : 0,
    partitions: partitionsOf(tables, partitions, extents, groupList, slot),
    groups: groupList,
    devices: entriesOf(tables, devices, (entry) => {
      const firstAt = entry.size64() * SECTOR
      entry.skip(8)
      const size = entry.size64()
      const name = cString(entry.take(36))
      return { name: suffixed(name, (entry.u32() & 1) !== 0, slot), size, firstAt }
    }),
    headerMatches: sumMatches(room.subarray(0, headerSize), 12),
    tablesMatch: latin1(digest) === tablesSum,
    size: headerSize + tablesSize,
    tablesSum: digest.toString('hex'),
  }
}

function entriesOf<T>(
  tables: Uint8Array,
  { at, count, size }: Table,
  read: (entry: Reader) => T,
): readonly T[] {
  return Array.from({ length: count }, (_, index) => read(new Reader(tables, 'little', at + index * size)))
}

function suffixed(name: string, isSuffixed: boolean, slot: number): string {
  return isSuffixed ? `${name}_${String.fromCharCode(97 + slot)}` : name
}

function partitionsOf(
  tables: Uint8Array,
  partitions: Table,
  extents: Table,
  groups: readonly { readonly name: string }[],
  slot: number,
): readonly SuperPartition[] {
  const all = entriesOf(tables, extents, readExtent)
  // Each extent belongs to one partition: without that, few bytes could tell endless lists.
  let owned = 0
  return entriesOf(tables, partitions, (entry) => {
    const name = cString(entry.take(36))
    const [attributes, first, count, group] = [entry.u32(), entry.u32(), entry.u32(), entry.u32()]
    owned += count
    const isThere = owned <= all.length && first + count <= all.length
    const list = isThere ? all.slice(first, first + count) : []
    const holds =
      isThere && list.every((extent) => extent !== undefined && Number.isSafeInteger(extent.length))
    return {
      name: suffixed(name, (attributes & SLOT_SUFFIXED) !== 0, slot),
      readonly: (attributes & READONLY) !== 0,
      attributes,
      group: groups[group]?.name ?? '',
      extents: holds ? list.filter((extent) => extent !== undefined) : [],
      holds,
    }
  })
}

function readExtent(entry: Reader): SuperExtent | undefined {
  const length = entry.size64() * SECTOR
  const [type, at, device] = [entry.u32(), entry.size64() * SECTOR, entry.u32()]
  if (type === 1) return { type: 'zero', length }
  return type === 0 ? { type: 'linear', length, at, device } : undefined
}
