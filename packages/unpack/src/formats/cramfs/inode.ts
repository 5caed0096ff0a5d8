import { type Endian, Reader } from '@messlatte/bytes'

export const INODE_BYTES = 12

/** Linux kernel, include/uapi/linux/cramfs_fs.h: bit fields, which big-endian compilers fill from the other end. */
export interface Inode {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes of the content; of a device, its number. */
  readonly size: number
  /** Bytes of the name behind the inode. */
  readonly nameLength: number
  /** Of the content, in bytes from the start of the file system; 0 for what is empty. */
  readonly offset: number
}

/** @throws BytesError */
export function parseInode(view: Uint8Array, at: number, endian: Endian): Inode {
  const reader = new Reader(view, endian, at)
  const [mode, uid] = [reader.u16(), reader.u16()]
  const [sizeGid, nameOffset] = [reader.u32(), reader.u32()]
  return endian === 'little'
    ? {
        mode,
        uid,
        size: sizeGid & 0xff_ffff,
        gid: sizeGid >>> 24,
        nameLength: (nameOffset & 0x3f) * 4,
        offset: (nameOffset >>> 6) * 4,
      }
    : {
        mode,
        uid,
        size: sizeGid >>> 8,
        gid: sizeGid & 0xff,
        nameLength: (nameOffset >>> 26) * 4,
        offset: (nameOffset & 0x3ff_ffff) * 4,
      }
}
