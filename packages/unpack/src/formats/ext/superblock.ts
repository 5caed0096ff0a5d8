import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'

/** What stands in the superblock of ext2, ext3 and ext4 (1024 bytes at 1024, little endian). */
export interface Superblock {
  readonly inodes: number
  /** Of `blockSize` bytes. */
  readonly blocks: number
  readonly firstDataBlock: number
  readonly blockSize: number
  readonly blocksPerGroup: number
  readonly inodesPerGroup: number
  readonly groups: number
  /** Bytes. */
  readonly inodeSize: number
  readonly descriptorSize: number
  readonly compat: number
  readonly incompat: number
  readonly roCompat: number
  readonly uuid: Uint8Array
  readonly firstMetaGroup: number
  /** Groups with a copy of the superblock, where `COMPAT.sparseSuper2` is set. */
  readonly backupGroups: readonly number[]
  /** Where all checksums of metadata begin. */
  readonly seed: number
  /** Whether its own checksum is right; undefined where it has none. */
  readonly sound: boolean | undefined
}

export const SUPERBLOCK_AT = 1024
const SUPERBLOCK_SIZE = 1024
/** Where the magic stands in an image. */
export const MAGIC_AT = SUPERBLOCK_AT + 0x38
const MAGIC = 0xef53
const CHECKSUM_AT = 0x3fc

export const COMPAT = { sparseSuper2: 0x200 } as const
export const INCOMPAT = {
  fileType: 0x2,
  recover: 0x4,
  journalDevice: 0x8,
  metaGroups: 0x10,
  bits64: 0x80,
  seed: 0x2000,
} as const
export const RO_COMPAT = {
  sparseSuper: 0x1,
  groupChecksums: 0x10,
  bigAlloc: 0x200,
  metadataChecksums: 0x400,
} as const

/** All that Linux has given a meaning to, but for a journal on a device of its own. */
const KNOWN_INCOMPAT = 0x3_f7d7
const LARGEST_LOG = 6

/** The superblock of the file system that begins at `at`; undefined where its numbers do not fit together. */
export function readSuperblock(bytes: Bytes, at: number): Superblock | undefined {
  if (at + SUPERBLOCK_AT + SUPERBLOCK_SIZE > bytes.size) return undefined
  const view = bytes.view(at + SUPERBLOCK_AT, SUPERBLOCK_SIZE)
  const u16 = (offset: number) => new Reader(view, 'little', offset).u16()
  const u32 = (offset: number) => new Reader(view, 'little', offset).u32()
  const logBlockSize = u32(0x18)
  if (u16(0x38) !== MAGIC || logBlockSize > LARGEST_LOG) return undefined
  const blockSize = 1024 << logBlockSize
  const revision = u32(0x4c)
  const [compat, incompat, roCompat] =
    revision > 0 ? ([u32(0x5c), u32(0x60), u32(0x64)] as const) : ([0, 0, 0] as const)
  const large = (incompat & INCOMPAT.bits64) !== 0
  const high = (offset: number) => (large ? u32(offset) * 2 ** 32 : 0)
  const blocks = u32(0x4) + high(0x150)
  const firstDataBlock = u32(0x14)
  const blocksPerGroup = u32(0x20)
  const uuid = view.subarray(0x68, 0x78)
  const superblock: Superblock = {
    inodes: u32(0),
    blocks,
    firstDataBlock,
    blockSize,
    blocksPerGroup,
    inodesPerGroup: u32(0x28),
    groups: Math.ceil((blocks - firstDataBlock) / blocksPerGroup),
    inodeSize: revision > 0 ? u16(0x58) : 128,
    descriptorSize: large ? u16(0xfe) : 32,
    compat,
    incompat,
    roCompat,
    uuid,
    firstMetaGroup: u32(0x104),
    backupGroups: [u32(0x24c), u32(0x250)],
    seed: (incompat & INCOMPAT.seed) !== 0 ? u32(0x270) : crc32c(uuid),
    sound:
      (roCompat & RO_COMPAT.metadataChecksums) !== 0
        ? crc32c(view.subarray(0, CHECKSUM_AT)) === u32(CHECKSUM_AT)
        : undefined,
  }
  const bigAlloc = (roCompat & RO_COMPAT.bigAlloc) !== 0
  const plausible =
    revision <= 1 &&
    (incompat & ~KNOWN_INCOMPAT) === 0 &&
    u16(0x5a) * revision === 0 &&
    u16(0x3a) <= 7 &&
    u16(0x3c) <= 3 &&
    u32(0xc) + high(0x158) <= blocks &&
    u32(0x10) <= superblock.inodes &&
    (bigAlloc || u32(0x1c) === logBlockSize || u32(0x1c) <= LARGEST_LOG)
  return plausible && fits(superblock, bigAlloc) ? superblock : undefined
}

function fits(superblock: Superblock, bigAlloc: boolean): boolean {
  const { blocks, blockSize, firstDataBlock, blocksPerGroup, inodesPerGroup, groups } = superblock
  const perBitmap = blockSize * 8
  return (
    blocks > firstDataBlock &&
    blocks * blockSize <= Number.MAX_SAFE_INTEGER &&
    firstDataBlock === (blockSize === 1024 && !bigAlloc ? 1 : 0) &&
    blocksPerGroup > 0 &&
    (bigAlloc || blocksPerGroup <= perBitmap) &&
    inodesPerGroup > 0 &&
    inodesPerGroup <= perBitmap &&
    superblock.inodes === groups * inodesPerGroup &&
    isPowerOfTwo(superblock.inodeSize, 128, blockSize) &&
    isPowerOfTwo(superblock.descriptorSize, 32, blockSize)
  )
}

function isPowerOfTwo(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && (value & (value - 1)) === 0
}
