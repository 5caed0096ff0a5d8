import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const BLOCK = 512
/** Bytes of an inode, and of an entry of a directory. */
export const ENTRY = 64
export const SHORT_NAME = 16
/** The name of the root, with which the second block begins. */
export const MAGIC = `/${'\0'.repeat(SHORT_NAME - 1)}`
const BITMAP = '.bitmap'
/** A bitmap is written in bytes: that many of its last bits stand for no block. */
const UNUSED_BITS = 7
/** Blocks of a root in which its bitmap is looked for. */
const MOST_ROOT = 64

/** A run of blocks. */
export interface Run {
  /** Counted from 1. */
  readonly block: number
  readonly blocks: number
}

export interface Inode {
  /** Bytes. */
  readonly size: number
  readonly first: Run
  /** Block, counted from 1, in which more runs are listed. */
  readonly more: number
  readonly mtime: number
  /** How many, the first one among them. */
  readonly runs: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly status: number
}

/** Bits of `status`. */
export const USED = 0x01
export const LINK = 0x08

export interface System {
  /** At most; up to seven of them are not there. */
  readonly blocks: number
  readonly least: number
}

/** @param entry 64 bytes */
export function parseInode(entry: Uint8Array): Inode {
  const reader = new Reader(entry, 'little', SHORT_NAME)
  const [size, block, blocks, more] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  reader.skip(4)
  const mtime = reader.u32()
  reader.skip(8)
  const [runs, mode, uid, gid] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  reader.skip(7)
  return { size, first: { block, blocks }, more, mtime, runs, mode, uid, gid, status: reader.u8() }
}

/**
 * A file system whose root is at its place and holds a bitmap, as long as there are blocks.
 * Source: Linux, include/uapi/linux/qnx4_fs.h and fs/qnx4/inode.c.
 */
export function readFileSystem(bytes: Bytes, start: number): System | undefined {
  if (start + 2 * BLOCK > bytes.size) return undefined
  const head = bytes.view(start + BLOCK, ENTRY)
  const root = parseInode(head)
  if (latin1(head.subarray(0, SHORT_NAME)) !== MAGIC || !isRoot(root)) return undefined
  const at = start + (root.first.block - 1) * BLOCK
  const length = Math.min(root.first.blocks, MOST_ROOT) * BLOCK
  if (at + length > bytes.size) return undefined
  const view = bytes.view(at, length)
  for (let place = 0; place < length; place += ENTRY) {
    const entry = view.subarray(place, place + ENTRY)
    const { status, size } = parseInode(entry)
    if ((status & USED) === 0 || (status & LINK) !== 0) continue
    if (latin1(entry.subarray(0, BITMAP.length + 1)) !== `${BITMAP}\0`) continue
    const blocks = size * 8
    return blocks >= root.first.block - 1 + root.first.blocks
      ? { blocks, least: blocks - UNUSED_BITS }
      : undefined
  }
  return undefined
}

function isRoot({ mode, status, first, size, runs }: Inode): boolean {
  const isDirectory = (mode & 0o170000) === 0o040000 && (status & USED) !== 0
  return isDirectory && first.block > 2 && first.blocks > 0 && size >= ENTRY && runs > 0
}
