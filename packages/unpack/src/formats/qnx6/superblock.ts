import { type Bytes, type Endian, Reader } from '@messlatte/bytes'

/** The number 0x68191122 in both byte orders. */
export const MAGICS = ['\x22\x11\x19\x68', '\x68\x19\x11\x22'] as const
/** Bytes that a boot loader may have for itself; where it has none, the first superblock begins the file system. */
export const BOOT = 0x2000
/** Bytes of a superblock, and of its area. */
const SIZE = 512
export const AREA = 0x1000
const SUMMED_AT = 8
const SIZES_AT = 48
const ROOTS_AT = 72
const ROOT_SIZE = 80
const MOST_LEVELS = 5
export const POINTERS = 16

/** Where something lies whose length the file system knows: a file, or one of its own tables. */
export interface Tree {
  /** Bytes. */
  readonly size: number
  readonly pointers: readonly number[]
  /** Blocks of pointers between the first ones and the data. */
  readonly levels: number
}

export interface Superblock {
  readonly endian: Endian
  readonly serial: bigint
  readonly blockSize: number
  readonly blocks: number
  readonly inodeCount: number
  readonly inodes: Tree
  readonly longNames: Tree
}

export interface FileSystem {
  /** The newer one of both whose checksums match. */
  readonly superblock: Superblock
  /** Offset of block 0 from the start, in bytes. */
  readonly blocksAt: number
  /** Bytes of all, both superblocks among it. */
  readonly size: number
  /** Whether the second superblock is there and whole. */
  readonly hasBoth: boolean
}

/** Source: Linux, include/linux/qnx6_fs.h and fs/qnx6/inode.c. @throws BytesError */
export function readFileSystem(bytes: Bytes, start: number): FileSystem | undefined {
  for (const boot of [BOOT, 0]) {
    const first = start + boot + SIZE <= bytes.size ? readSuperblock(bytes, start + boot) : undefined
    if (!first) continue
    const blocksAt = boot + AREA
    const secondAt = blocksAt + first.blocks * first.blockSize
    const second = start + secondAt + SIZE <= bytes.size ? readSuperblock(bytes, start + secondAt) : undefined
    const newer = second && second.blockSize === first.blockSize && second.serial > first.serial
    return {
      superblock: newer ? second : first,
      blocksAt,
      size: secondAt + AREA,
      hasBoth: second !== undefined,
    }
  }
  return undefined
}

function readSuperblock(bytes: Bytes, at: number): Superblock | undefined {
  const view = bytes.view(at, SIZE)
  const magic = String.fromCharCode(...view.subarray(0, 4))
  const endian = magic === MAGICS[0] ? 'little' : magic === MAGICS[1] ? 'big' : undefined
  if (!endian) return undefined
  const reader = new Reader(view, endian, 4)
  if (reader.u32() !== crc32Forward(view.subarray(SUMMED_AT))) return undefined
  const serial = reader.u64()
  const sizes = new Reader(view, endian, SIZES_AT)
  const [blockSize, inodeCount] = [sizes.u32(), sizes.u32()]
  sizes.skip(4)
  const blocks = sizes.u32()
  const inodes = treeAt(new Reader(view, endian, ROOTS_AT))
  const longNames = treeAt(new Reader(view, endian, ROOTS_AT + 2 * ROOT_SIZE))
  const holds =
    blockSize >= SIZE &&
    blockSize <= AREA * 16 &&
    Number.isInteger(Math.log2(blockSize)) &&
    blocks > 0 &&
    inodes.levels <= MOST_LEVELS &&
    longNames.levels <= MOST_LEVELS
  return holds ? { endian, serial, blockSize, blocks, inodeCount, inodes, longNames } : undefined
}

/** Of a struct qnx6_root_node. */
function treeAt(reader: Reader): Tree {
  const size = reader.size64()
  const pointers = Array.from({ length: POINTERS }, () => reader.u32())
  return { size, pointers, levels: reader.u8() }
}

const POLYNOMIAL = 0x04c1_1db7

/** CRC-32 with the highest bit first, that begins with zero and ends as it is: `crc32_be` of Linux. */
function crc32Forward(view: Uint8Array): number {
  let sum = 0
  for (const byte of view) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? POLYNOMIAL : 0)
  }
  return sum >>> 0
}
