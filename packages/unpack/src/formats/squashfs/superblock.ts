import { type Bytes, Reader } from '@messlatte/bytes'

/** SquashFS 4.0 superblock, 96 bytes, little endian; offsets are relative to it. */
export interface Superblock {
  readonly inodes: number
  readonly blockSize: number
  readonly fragments: number
  readonly compressor: Compressor
  readonly ids: number
  /** Metadata reference: block offset in the inode table * 65536 + offset in the block. */
  readonly rootInode: bigint
  readonly bytesUsed: number
  readonly idTable: number
  readonly xattrTable: number
  readonly inodeTable: number
  readonly directoryTable: number
  readonly fragmentTable: number
}

export type Compressor = 'gzip' | 'lzma' | 'lzo' | 'xz' | 'lz4' | 'zstd'

const COMPRESSORS: readonly (Compressor | undefined)[] = [
  undefined,
  'gzip',
  'lzma',
  'lzo',
  'xz',
  'lz4',
  'zstd',
]

export const SUPERBLOCK_SIZE = 96
export const ABSENT = Number.POSITIVE_INFINITY

/** The superblock at `at`, or undefined where its fields do not fit together. */
export function readSuperblock(bytes: Bytes, at: number): Superblock | undefined {
  if (bytes.size - at < SUPERBLOCK_SIZE) return undefined
  const reader = new Reader(bytes.view(at, SUPERBLOCK_SIZE), 'little')
  if (reader.latin1(4) !== 'hsqs') return undefined
  const inodes = reader.u32()
  reader.skip(4)
  const blockSize = reader.u32()
  const fragments = reader.u32()
  const compressor = COMPRESSORS[reader.u16()]
  const blockLog = reader.u16()
  reader.skip(2)
  const ids = reader.u16()
  const major = reader.u16()
  const minor = reader.u16()
  const rootInode = reader.u64()
  const bytesUsed = reader.size64()
  const idTable = reader.size64()
  const xattrTable = absentOr(reader.u64())
  const inodeTable = reader.size64()
  const directoryTable = reader.size64()
  const fragmentTable = absentOr(reader.u64())
  const plausible =
    major === 4 &&
    minor === 0 &&
    blockLog >= 12 &&
    blockLog <= 20 &&
    blockSize === 2 ** blockLog &&
    inodes > 0 &&
    bytesUsed > SUPERBLOCK_SIZE &&
    inodeTable >= SUPERBLOCK_SIZE &&
    inodeTable < directoryTable &&
    directoryTable < bytesUsed &&
    idTable < bytesUsed
  if (!plausible || compressor === undefined) return undefined
  return {
    inodes,
    blockSize,
    fragments,
    compressor,
    ids,
    rootInode,
    bytesUsed,
    idTable,
    xattrTable,
    inodeTable,
    directoryTable,
    fragmentTable,
  }
}

/** All ones says that there is no such table. */
function absentOr(value: bigint): number {
  return value === 0xffff_ffff_ffff_ffffn || value > BigInt(Number.MAX_SAFE_INTEGER) ? ABSENT : Number(value)
}
