import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'

/** What stands in the superblock of XFS (in the first sector; big endian). */
export interface Superblock {
  /** 4, or 5 with checksums and owners. */
  readonly version: 4 | 5
  /** Bytes. */
  readonly blockSize: number
  readonly inodeSize: number
  /** Blocks of a directory are that long, in bytes. */
  readonly directorySize: number
  readonly blocks: number
  readonly groupBlocks: number
  readonly groups: number
  /** Bits of a block's number within its group, and of an inode's number within its block. */
  readonly groupBits: number
  readonly inodeBits: number
  readonly root: number
  readonly sectorSize: number
  /** Names in directories say of which type they are. */
  readonly hasTypes: boolean
  readonly needsRepair: boolean
  /** Whether its own checksum is right; undefined where it has none. */
  readonly sound: boolean | undefined
}

export const MAGIC = 'XFSB'
const SIZE = 512
const DIRECTORY_V2 = 0x2000
const MORE_FEATURES = 0x8000
const TYPES_V4 = 0x200
const INCOMPAT = { types: 0x1, needsRepair: 0x10 } as const
/** All that Linux has given a meaning to, but for a tree of directories of its own and zones. */
const KNOWN_INCOMPAT = 0xff
const CRC_AT = 224

/** The superblock of the file system that begins at `start`; undefined where its numbers do not fit together. */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  if (start + SIZE > bytes.size) return undefined
  const view = bytes.view(start, SIZE)
  const u32 = (at: number) => new Reader(view, 'big', at).u32()
  const u16 = (at: number) => new Reader(view, 'big', at).u16()
  const u64 = (at: number) => new Reader(view, 'big', at).size64()
  const u8 = (at: number) => view[at] as number
  const versions = u16(100)
  const version = versions & 0xf
  const [blockSize, sectorSize, inodeSize] = [u32(4), u16(102), u16(104)]
  if (new Reader(view, 'big').latin1(4) !== MAGIC || (version !== 4 && version !== 5)) return undefined
  const incompat = version === 5 ? u32(216) : 0
  const features2 = (versions & MORE_FEATURES) !== 0 ? u32(200) : 0
  const superblock: Superblock = {
    version,
    blockSize,
    inodeSize,
    directorySize: blockSize * 2 ** u8(192),
    blocks: u64(8),
    groupBlocks: u32(84),
    groups: u32(88),
    groupBits: u8(124),
    inodeBits: u8(123),
    root: u64(56),
    sectorSize,
    hasTypes: version === 5 ? (incompat & INCOMPAT.types) !== 0 : (features2 & TYPES_V4) !== 0,
    needsRepair: (incompat & INCOMPAT.needsRepair) !== 0,
    sound: version === 5 ? isSumRight(bytes, start, sectorSize) : undefined,
  }
  const fits =
    blockSize === 2 ** u8(120) &&
    sectorSize === 2 ** u8(121) &&
    inodeSize === 2 ** u8(122) &&
    isWithin(blockSize, 512, 65_536) &&
    isWithin(sectorSize, 512, 32_768) &&
    isWithin(inodeSize, 256, 2048) &&
    inodeSize <= blockSize &&
    u16(106) === blockSize / inodeSize &&
    u8(123) === Math.log2(blockSize / inodeSize) &&
    superblock.directorySize <= 65_536 &&
    u8(126) === 0 &&
    (version === 5 || (versions & DIRECTORY_V2) !== 0) &&
    (incompat & ~KNOWN_INCOMPAT) === 0
  return fits && hasGroups(superblock) ? superblock : undefined
}

function hasGroups({ blocks, blockSize, groupBlocks, groups, groupBits, root }: Superblock): boolean {
  return (
    groups > 0 &&
    groupBlocks > 0 &&
    groupBits === Math.ceil(Math.log2(groupBlocks)) &&
    blocks <= groups * groupBlocks &&
    blocks > (groups - 1) * groupBlocks &&
    blocks * blockSize <= Number.MAX_SAFE_INTEGER &&
    root > 0 &&
    root <= Number.MAX_SAFE_INTEGER
  )
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

function isSumRight(bytes: Bytes, start: number, sectorSize: number): boolean {
  if (sectorSize < SIZE || start + sectorSize > bytes.size) return false
  return isSound(bytes.view(start, sectorSize), CRC_AT)
}

/** Whether the checksum at `at` of a structure is right: over all of it, with zeros in its own place; little endian. */
export function isSound(view: Uint8Array, at: number): boolean {
  const head = crc32c(new Uint8Array(4), crc32c(view.subarray(0, at)))
  return ~crc32c(view.subarray(at + 4), head) >>> 0 === new Reader(view, 'little', at).u32()
}
