import type { Cursor } from './metadata.ts'

/** A name in a directory: where its inode lies in the inode table. */
export interface DirectoryEntry {
  /** Byte string. */
  readonly name: string
  /** Offset of the metadata block, relative to the inode table. */
  readonly block: number
  readonly offset: number
}

/** `.` and `..` are not stored but counted. */
const UNSTORED = 3
const HEADER = 12

/** @param size as the inode states it, in bytes */
export function* readDirectory(cursor: Cursor, size: number): Generator<DirectoryEntry> {
  let left = size - UNSTORED
  while (left >= HEADER) {
    const header = cursor.reader(HEADER)
    const count = header.u32() + 1
    const block = header.u32()
    left -= HEADER
    for (let i = 0; i < count && left > 0; i++) {
      const entry = cursor.reader(8)
      const offset = entry.u16()
      entry.skip(4)
      const length = entry.u16() + 1
      yield { name: cursor.reader(length).latin1(length), block, offset }
      left -= 8 + length
    }
  }
}
