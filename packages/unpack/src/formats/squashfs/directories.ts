import type { Cursor } from './metadata.ts'
import { packedPair, unsigned } from './packed.ts'
import type { Superblock } from './superblock.ts'

/** A name in a directory: where its inode lies in the inode table. */
export interface DirectoryEntry {
  /** Byte string. */
  readonly name: string
  /** Offset of the metadata block, relative to the inode table. */
  readonly block: number
  readonly offset: number
}

/** How a version lays out lists of names: a header that so many entries share, and the entries. */
interface Layout {
  /** Bytes. */
  readonly header: number
  readonly entry: number
  /** `.` and `..` are not stored, but newer versions count them. */
  readonly unstored: number
  readonly count: 'u8' | 'u32'
  /** Bytes of the metadata block's offset, which follows the count. */
  readonly block: number
  /** Bits of the offset in its block, at the start of the entry. */
  readonly offset: 13 | 16
}

const OLD: Layout = { header: 4, entry: 3, unstored: 0, count: 'u8', block: 3, offset: 13 }
const LAYOUTS: Readonly<Record<Superblock['version'], Layout>> = {
  1: OLD,
  2: OLD,
  3: { header: 9, entry: 5, unstored: 3, count: 'u8', block: 4, offset: 13 },
  4: { header: 12, entry: 8, unstored: 3, count: 'u32', block: 4, offset: 16 },
}

/** @param size as the inode states it, in bytes */
export function* readDirectory(
  cursor: Cursor,
  version: Superblock['version'],
  size: number,
): Generator<DirectoryEntry> {
  const layout = LAYOUTS[version]
  let left = size - layout.unstored
  while (left >= layout.header) {
    const header = cursor.reader(layout.header)
    const count = header[layout.count]() + 1
    const block = unsigned(header, layout.block)
    left -= layout.header
    for (let i = 0; i < count && left > 0; i++) {
      const entry = cursor.reader(layout.entry)
      const [offset] = packedPair(entry, 2, layout.offset)
      if (version === 4) entry.skip(4)
      const length = (version === 4 ? entry.u16() : entry.u8()) + 1
      yield { name: cursor.reader(length).latin1(length), block, offset }
      left -= layout.entry + length
    }
  }
}
