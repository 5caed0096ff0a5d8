import type { Inode } from './inode.ts'
import { readInode4 } from './inodes-4.ts'
import { readOldInode } from './inodes-old.ts'
import type { Cursor } from './metadata.ts'
import type { Superblock } from './superblock.ts'

/** Reads the inode at the cursor. @param reference where it lies, as a number: block offset * 65536 + offset in it */
export function readInode(cursor: Cursor, { version, blockSize }: Superblock, reference: number): Inode {
  return version === 4 ? readInode4(cursor, blockSize) : readOldInode(cursor, version, reference, blockSize)
}
