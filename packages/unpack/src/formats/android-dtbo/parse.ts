import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Of device trees and their overlays, and of ACPI tables. */
export const MAGICS = { dtb: '\xd7\xb7\xab\x1e', acpi: 'ACPI' } as const
const HEADER = 32
const ENTRY = 32
/** One for each board that an image is for, with its overlays. */
const MOST_ENTRIES = 4096
const MOST_SIZE = 1024 * 1024 * 1024

export interface TableEntry {
  /** `dtb-0`, `dtb-1`, … in the order of the table. */
  readonly path: string
  /** Offset in the source, and bytes. */
  readonly content: Stored
  /** What a boot loader chooses by: the maker says what they mean. */
  readonly id: number
  readonly revision: number
  readonly custom: readonly number[]
  /** Of version 1. */
  readonly compression?: 'none' | 'zlib' | 'gzip' | number
}

/** A table of device trees, big endian. AOSP, dt_table.h. */
export interface DeviceTreeTable {
  readonly kind: keyof typeof MAGICS
  readonly version: 0 | 1
  /** Of the flash that it is meant for, in bytes. */
  readonly pageSize: number
  readonly entries: readonly TableEntry[]
  /** Behind the last content, in the source; may lie behind the end of the bytes. */
  readonly end: number
}

/** The table at `at`, or undefined for what is none, or is cut off within its entries. */
export function parseTable(bytes: Bytes, at: number): DeviceTreeTable | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  const magic = reader.latin1(4)
  const kind = (['dtb', 'acpi'] as const).find((each) => MAGICS[each] === magic)
  const [size, header, entry, count] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const [entriesAt, pageSize, version] = [reader.u32(), reader.u32(), reader.u32()]
  if (!kind || (version !== 0 && version !== 1) || header !== HEADER || entry !== ENTRY) return undefined
  if (count === 0 || count > MOST_ENTRIES || size > MOST_SIZE || entriesAt < HEADER) return undefined
  const contentsAt = entriesAt + count * ENTRY
  if (contentsAt > size || at + contentsAt > bytes.size) return undefined
  const list = new Reader(bytes.view(at + entriesAt, count * ENTRY), 'big')
  const entries = Array.from({ length: count }, (_, index) =>
    parseEntry(list, at, `${kind}-${index}`, version),
  )
  const isWithin = ({ content }: TableEntry) =>
    content.at >= at + contentsAt && content.at + content.length <= at + size
  if (!entries.every(isWithin) || !liesApart(entries)) return undefined
  return { kind, version, pageSize, entries, end: at + size }
}

function parseEntry(reader: Reader, start: number, path: string, version: 0 | 1): TableEntry {
  const [length, at, id, revision] = [reader.u32(), start + reader.u32(), reader.u32(), reader.u32()]
  const flags = version === 1 ? { compression: compressionOf(reader.u32()) } : {}
  const custom = Array.from({ length: version === 1 ? 3 : 4 }, () => reader.u32())
  return { path, content: { at, length }, id, revision, ...flags, custom }
}

function compressionOf(flags: number): NonNullable<TableEntry['compression']> {
  return (['none', 'zlib', 'gzip'] as const)[flags & 0xf] ?? flags & 0xf
}

/** Entries may have one content together: else nothing lies in another one. */
function liesApart(entries: readonly TableEntry[]): boolean {
  const sorted = entries.map(({ content }) => content).sort((a, b) => a.at - b.at || a.length - b.length)
  return sorted.every(({ at, length }, index) => {
    const before = sorted[index - 1]
    if (!before || before.at + before.length <= at) return true
    return before.at === at && before.length === length
  })
}
