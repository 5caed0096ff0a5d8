import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = 'JFS1'
export const MAGIC_AT = 0x8000
const SUPERBLOCK = 184
const BLOCK_SIZES = [512, 1024, 2048, 4096]
/** Names have a number in an index, which takes the room of two characters. */
const INDEXED = 0x0020_0000
/** The log lies behind the file system, on the same device. */
const OWN_LOG = 0x800
const MOST_HARDWARE_BLOCK = 4096

/** A run of blocks. */
export interface Run {
  readonly block: number
  readonly count: number
}

export interface Superblock {
  /** Bytes of a block. */
  readonly blockSize: number
  /** Bytes of all, with the log where that lies within. */
  readonly size: number
  readonly hasIndex: boolean
  /** Whether it was put away in order; else the newest changes are in the log only. */
  readonly isClean: boolean
}

/** Linux, fs/jfs/jfs_superblock.h; little endian. @throws BytesError */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  const view = bytes.view(start + MAGIC_AT, SUPERBLOCK)
  if (latin1(view.subarray(0, 4)) !== MAGIC) return undefined
  const reader = new Reader(view, 'little', 4)
  const [version, hardwareBlocks, blockSize, shift] = [
    reader.u32(),
    reader.size64(),
    reader.u32(),
    reader.u16(),
  ]
  reader.skip(2)
  const hardware = reader.u32()
  if ((version !== 1 && version !== 2) || !BLOCK_SIZES.includes(blockSize) || 2 ** shift !== blockSize)
    return undefined
  if (hardware < 512 || hardware > MOST_HARDWARE_BLOCK) return undefined
  reader.at = 36
  const [flags, state] = [reader.u32(), reader.u32()]
  reader.at = 72
  const [log, check] = [runOf(reader), runOf(reader)]
  const behind = [check, ...((flags & OWN_LOG) !== 0 ? [log] : [])].map(
    ({ block, count }) => (block + count) * blockSize,
  )
  const size = Math.max(hardwareBlocks * hardware, ...behind)
  return Number.isSafeInteger(size) && size > MAGIC_AT
    ? { blockSize, size, hasIndex: (flags & INDEXED) !== 0, isClean: state === 0 }
    : undefined
}

/** 24 bits of a length, 40 of a place. */
export function runOf(reader: Reader): Run {
  const word = reader.u32()
  return { count: word & 0xff_ffff, block: (word >>> 24) * 2 ** 32 + reader.u32() }
}
