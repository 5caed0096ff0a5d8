import { crc32c } from '../crc32c.ts'
import { COMPAT, INCOMPAT, RO_COMPAT, type Superblock } from './superblock.ts'
import { u16At, u32At, type Volume } from './volume.ts'

/** What is told of a group of blocks. */
export interface Descriptor {
  /** First block of its inodes. */
  readonly inodeTable: number
  /** Inodes that may be in use; the others have never been written. */
  readonly used: number
  /** Whether its own checksum is right; undefined where it has none. */
  readonly sound: boolean | undefined
}

const CHECKSUM_AT = 0x1e
const NO_INODES = 0x1

/** @throws FormatError, BytesError */
export function readDescriptor(volume: Volume, group: number): Descriptor {
  const { superblock, bytes } = volume
  const { descriptorSize: size, blockSize, roCompat, inodesPerGroup } = superblock
  const perBlock = blockSize / size
  const at = volume.placeOf(descriptorBlock(superblock, Math.floor(group / perBlock)), 1)
  const view = bytes.view(at + (group % perBlock) * size, size)
  const large = size >= 64
  const checked = (roCompat & (RO_COMPAT.groupChecksums | RO_COMPAT.metadataChecksums)) !== 0
  const unused = u16At(view, 0x1c) + (large ? u16At(view, 0x32) * 2 ** 16 : 0)
  const empty = (u16At(view, 0x12) & NO_INODES) !== 0
  return {
    inodeTable: u32At(view, 0x8) + (large ? u32At(view, 0x28) * 2 ** 32 : 0),
    used: !checked ? inodesPerGroup : empty ? 0 : Math.max(0, inodesPerGroup - unused),
    sound: checked ? u16At(view, CHECKSUM_AT) === checksumOf(superblock, group, view) : undefined,
  }
}

/** The block that holds so many-th block of descriptors. */
function descriptorBlock(superblock: Superblock, index: number): number {
  const { firstDataBlock, blockSize, blocksPerGroup, incompat, firstMetaGroup } = superblock
  // Blocks of 1024 bytes in clusters begin at 0, and the superblock is in block 1 all the same.
  const shift = blockSize === 1024 && firstDataBlock === 0 ? 1 : 0
  if ((incompat & INCOMPAT.metaGroups) === 0 || index < firstMetaGroup)
    return firstDataBlock + shift + 1 + index
  const group = index * (blockSize / superblock.descriptorSize)
  const first = firstDataBlock + group * blocksPerGroup
  return first + (hasSuperblock(superblock, group) ? 1 : 0) + (group === 0 ? shift : 0)
}

/** Whether a group begins with a copy of the superblock. */
export function hasSuperblock({ compat, roCompat, backupGroups }: Superblock, group: number): boolean {
  if (group === 0) return true
  if ((compat & COMPAT.sparseSuper2) !== 0) return backupGroups.includes(group)
  if ((roCompat & RO_COMPAT.sparseSuper) === 0 || group === 1) return true
  return [3, 5, 7].some((base) => isPowerOf(base, group))
}

function isPowerOf(base: number, value: number): boolean {
  let power = base
  while (power < value) power *= base
  return power === value
}

function checksumOf(superblock: Superblock, group: number, view: Uint8Array): number {
  const number = new Uint8Array(Uint32Array.of(group).buffer)
  const before = view.subarray(0, CHECKSUM_AT)
  const behind = view.subarray(CHECKSUM_AT + 2)
  if ((superblock.roCompat & RO_COMPAT.metadataChecksums) !== 0) {
    const sum = crc32c(before, crc32c(number, superblock.seed))
    return crc32c(behind, crc32c(new Uint8Array(2), sum)) & 0xffff
  }
  return [superblock.uuid, number, before, behind].reduce((sum, part) => crc16(part, sum), 0xffff)
}

/** CRC-16 with the polynomial 0x8005, reflected. */
function crc16(bytes: Uint8Array, sum: number): number {
  let value = sum
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xa001 : value >>> 1
  }
  return value
}
