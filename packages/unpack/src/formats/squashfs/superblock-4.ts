import type { Reader } from '@messlatte/bytes'
import { ABSENT, type Compressor, MARKED, type Superblock } from './superblock.ts'

const COMPRESSORS: readonly (Compressor | undefined)[] = [
  undefined,
  'gzip',
  'lzma',
  'lzo',
  'xz',
  'lz4',
  'zstd',
]

export const SUPERBLOCK_4_SIZE = 96

/** The superblock of version 4.0, or undefined where its fields do not fit together. */
export function readSuperblock4(reader: Reader): Superblock | undefined {
  reader.skip(4)
  const inodes = reader.u32()
  reader.skip(4)
  const blockSize = reader.u32()
  const fragments = reader.u32()
  const compressor = COMPRESSORS[reader.u16()]
  const blockLog = reader.u16()
  const flags = reader.u16()
  reader.skip(4)
  const minor = reader.u16()
  const rootInode = reader.u64()
  const bytesUsed = reader.size64()
  const idTable = reader.size64()
  const xattrTable = absentOr(reader.u64())
  const inodeTable = reader.size64()
  const directoryTable = reader.size64()
  const fragmentTable = absentOr(reader.u64())
  const plausible =
    minor === 0 &&
    blockLog >= 12 &&
    blockLog <= 20 &&
    blockSize === 2 ** blockLog &&
    inodes > 0 &&
    Number.isSafeInteger(bytesUsed) &&
    bytesUsed > SUPERBLOCK_4_SIZE &&
    inodeTable >= SUPERBLOCK_4_SIZE &&
    inodeTable < directoryTable &&
    directoryTable < bytesUsed &&
    idTable < bytesUsed
  if (!plausible || compressor === undefined) return undefined
  return {
    version: 4,
    endian: reader.endian,
    inodes,
    blockSize,
    fragments,
    compressor,
    marked: (flags & MARKED) !== 0,
    lengths: reader.endian,
    owners: { kind: 'table', at: idTable },
    rootInode,
    bytesUsed,
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
