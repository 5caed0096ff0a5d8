import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'

/** What stands in the superblock of EROFS (128 bytes at 1024, little endian). Offsets are bytes from the start. */
export interface Superblock {
  readonly blockSize: number
  /** Bytes of one block of a directory. */
  readonly directoryBlock: number
  readonly blocks: number
  /** Inodes are numbered by 32 bytes from here on. */
  readonly metaAt: number
  readonly sharedAttributesAt: number
  readonly root: number
  /** The inode that holds the fragments of others; 0 where there is none. */
  readonly packed: number
  /** The inode that holds other inodes (metabox); 0 where there is none. */
  readonly box: number
  /** Seconds since 1970 from which short inodes count. */
  readonly epoch: number
  readonly compat: number
  readonly incompat: number
  readonly prefixes: { readonly at: number; readonly count: number }
  /** Whether its own checksum is right; undefined where it has none. */
  readonly sound: boolean | undefined
}

export const SUPERBLOCK_AT = 1024
const SUPERBLOCK_SIZE = 128
/** What follows where it is longer: first the number of the inode that holds others. */
const SLOT = 16
/** Added to the numbers of inodes that lie in the metabox. */
export const IN_BOX = 2 ** 48
export const MAGIC = '\xe2\xe1\xf5\xe0'

const COMPAT = { checksum: 0x1 } as const
export const SHARED_IN_BOX = 0x8
export const PLAIN_PREFIXES = 0x10
export const INCOMPAT = {
  /** Compressed data ends with its block; zeros stand in front of it. */
  zerosInFront: 0x1,
  fragments: 0x20,
  bits48: 0x80,
  /** Inodes lie in a compressed file. */
  metabox: 0x100,
} as const
const KNOWN_INCOMPAT = 0x1ff

/** The superblock of the file system that begins at `at`; undefined where its numbers do not fit together. */
export function readSuperblock(bytes: Bytes, at: number): Superblock | undefined {
  if (at + SUPERBLOCK_AT + SUPERBLOCK_SIZE > bytes.size) return undefined
  const view = bytes.view(at + SUPERBLOCK_AT, SUPERBLOCK_SIZE)
  const reader = new Reader(view, 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  const checksum = reader.u32()
  const compat = reader.u32()
  const [blockBits, slots] = [reader.take(1)[0] as number, reader.take(1)[0] as number]
  const small = reader.u16()
  const inodes = reader.size64()
  const epoch = Number(BigInt.asIntN(64, reader.u64()))
  reader.skip(4)
  const blocksLow = reader.u32()
  const metaBlock = reader.u32()
  const attributesBlock = reader.u32()
  reader.skip(32)
  const incompat = reader.u32()
  reader.skip(6)
  const directoryBits = reader.take(1)[0] as number
  const prefixCount = reader.take(1)[0] as number
  const prefixStart = reader.u32()
  const packed = reader.size64()
  reader.skip(8)
  const wideRoot = inodeNumber(reader)
  const wide = (incompat & INCOMPAT.bits48) !== 0 && wideRoot !== 0
  const blockSize = 2 ** blockBits
  const blocks = blocksLow + (wide ? small * 2 ** 32 : 0)
  const box = (incompat & INCOMPAT.metabox) === 0 ? 0 : boxOf(bytes, at, slots)
  const plausible =
    blockBits >= 9 &&
    blockBits <= 16 &&
    directoryBits <= 3 &&
    SUPERBLOCK_SIZE + slots * SLOT <= 4096 &&
    (incompat & ~KNOWN_INCOMPAT) === 0 &&
    inodes > 0 &&
    blocks * blockSize > SUPERBLOCK_AT + SUPERBLOCK_SIZE &&
    blocks * blockSize <= Number.MAX_SAFE_INTEGER &&
    inodes * 32 <= blocks * blockSize * 256 &&
    metaBlock < blocks &&
    attributesBlock <= blocks &&
    packed < IN_BOX &&
    box !== undefined
  if (!plausible) return undefined
  return {
    blockSize,
    directoryBlock: blockSize * 2 ** directoryBits,
    blocks,
    metaAt: metaBlock * blockSize,
    sharedAttributesAt: attributesBlock * blockSize,
    root: wide ? wideRoot : small,
    packed,
    box,
    epoch,
    compat,
    incompat,
    prefixes: { at: prefixStart * 4, count: prefixCount },
    sound: (compat & COMPAT.checksum) !== 0 ? isSound(bytes, at, blockSize, checksum) : undefined,
  }
}

/** Undefined where the superblock does not tell it, or says that it lies in itself. */
function boxOf(bytes: Bytes, at: number, slots: number): number | undefined {
  const from = at + SUPERBLOCK_AT + SUPERBLOCK_SIZE
  if (slots === 0 || from + SLOT > bytes.size) return undefined
  const box = inodeNumber(new Reader(bytes.view(from, SLOT), 'little'))
  return box > 0 && box < IN_BOX ? box : undefined
}

/** A number of 64 bits, of which the highest one says that the inode lies in the metabox. */
export function inodeNumber(reader: Reader): number {
  const [low, high] = [reader.u32(), reader.u32()]
  const number = low + (high & 0x7fff_ffff) * 2 ** 32
  if (number >= IN_BOX) return Number.POSITIVE_INFINITY
  return number + (high >>> 31 === 1 ? IN_BOX : 0)
}

/** The sum is over the rest of the block in which the superblock begins, without the sum; it has no say where that is cut off. */
function isSound(bytes: Bytes, at: number, blockSize: number, checksum: number): boolean | undefined {
  const length = blockSize > SUPERBLOCK_AT ? blockSize - SUPERBLOCK_AT : blockSize
  if (at + SUPERBLOCK_AT + length > bytes.size) return undefined
  const view = bytes.view(at + SUPERBLOCK_AT, length)
  const before = crc32c(new Uint8Array(4), crc32c(view.subarray(0, 4)))
  return crc32c(view.subarray(8), before) === checksum
}
