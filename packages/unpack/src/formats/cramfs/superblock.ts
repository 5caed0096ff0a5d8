import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import { INODE_BYTES, type Inode, parseInode } from './inode.ts'

export const MAGIC = { little: 'E=\xcd\x28', big: '\x28\xcd=E' } as const
/** Behind a boot block, where there is one. */
export const BEHIND_BOOT_BLOCK = 512
export const CRC_AT = 32
const SIGNATURE = 'Compressed ROMFS'
const SUPERBLOCK_BYTES = 76
/** Old images tell no size; this is what the kernel takes as theirs. */
const MOST_OF_OLD = 1 << 28

const VERSION_2 = 0x1
export const EXTENDED_BLOCKS = 0x800
/** Also: sorted directories, holes, a root that lies elsewhere. A wrong signature has a flag of its own. */
const KNOWN = VERSION_2 | 0x2 | 0x100 | 0x400 | EXTENDED_BLOCKS

/** Linux kernel, include/uapi/linux/cramfs_fs.h. */
export interface Superblock {
  readonly endian: Endian
  /** Of the superblock, from the start of the file system: 0, or 512 behind a boot block. */
  readonly at: number
  /** Bytes of the file system, the boot block included. */
  readonly size: number
  readonly flags: number
  /** Of the whole, with this field as zeros; old images have none. */
  readonly crc: number | undefined
  readonly root: Inode
}

/** The superblock of a file system that begins at `start`, or undefined. */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  return superblockAt(bytes, start, 0) ?? superblockAt(bytes, start, BEHIND_BOOT_BLOCK)
}

function superblockAt(bytes: Bytes, start: number, at: number): Superblock | undefined {
  if (start + at + SUPERBLOCK_BYTES > bytes.size) return undefined
  const view = bytes.view(start + at, SUPERBLOCK_BYTES)
  const magic = String.fromCharCode(...view.subarray(0, 4))
  if (magic !== MAGIC.little && magic !== MAGIC.big) return undefined
  const endian = magic === MAGIC.little ? 'little' : 'big'
  const reader = new Reader(view, endian, 4)
  const [size, flags] = [reader.u32(), reader.u32()]
  reader.skip(4)
  if (reader.latin1(16) !== SIGNATURE || (flags & ~KNOWN) !== 0) return undefined
  const crc = reader.u32()
  const root = parseInode(view, SUPERBLOCK_BYTES - INODE_BYTES, endian)
  const isNew = (flags & VERSION_2) !== 0
  const whole = isNew ? size : MOST_OF_OLD
  if ((root.mode & 0o170000) !== 0o040000 || root.offset + root.size > whole) return undefined
  if (whole < at + SUPERBLOCK_BYTES) return undefined
  return { endian, at, size: whole, flags, crc: isNew ? crc : undefined, root }
}
