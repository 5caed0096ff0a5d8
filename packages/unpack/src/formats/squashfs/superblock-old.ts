import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import { ABSENT, MARKED, type Superblock } from './superblock.ts'

/** Bytes of the superblock, by version. */
const SIZES = { 1: 51, 2: 63, 3: 119 } as const
type OldVersion = keyof typeof SIZES

/** Where the tables lie: 32 bits wide in versions 1 and 2, 64 bits wide and behind all else in version 3. */
interface Tables {
  readonly bytesUsed: number
  readonly users: number
  readonly groups: number
  readonly inodeTable: number
  readonly directoryTable: number
}

/** An L: AVM's writers of LZMA say so here. */
const LZMA_MINOR = 0x4c

function isOld(major: number): major is OldVersion {
  return major in SIZES
}

/** The superblock of version 1, 2 or 3 at `at`, or undefined where its fields do not fit together. */
export function readOldSuperblock(
  bytes: Bytes,
  at: number,
  endian: Endian,
  major: number,
): Superblock | undefined {
  if (!isOld(major) || bytes.size - at < SIZES[major]) return undefined
  const reader = new Reader(bytes.view(at, SIZES[major]), endian)
  reader.skip(4)
  const inodes = reader.u32()
  const narrow = readTables(() => reader.u32())
  reader.skip(2)
  const minor = reader.u16()
  const narrowBlockSize = reader.u16()
  const blockLog = reader.u16()
  const flags = reader.u8()
  const userCount = reader.u8()
  const groupCount = reader.u8()
  reader.skip(4)
  const rootInode = reader.u64()
  const blockSize = major === 1 ? narrowBlockSize : reader.u32()
  const fragments = major === 1 ? 0 : reader.u32()
  const narrowFragmentTable = major === 1 ? ABSENT : reader.u32()
  const tables = major === 3 ? readTables(() => reader.size64()) : narrow
  const fragmentTable = major === 3 ? reader.size64() : narrowFragmentTable
  const plausible =
    (minor <= 1 || minor === LZMA_MINOR) &&
    blockLog >= 9 &&
    blockLog <= 20 &&
    blockSize === 2 ** blockLog &&
    inodes > 0 &&
    userCount > 0 &&
    fitTogether(tables, SIZES[major]) &&
    (fragments === 0 || fragmentTable < tables.bytesUsed)
  if (!plausible) return undefined
  return {
    version: major,
    endian,
    inodes,
    blockSize,
    fragments,
    compressor: 'gzip',
    marked: (flags & MARKED) !== 0,
    lengths: endian,
    owners: { kind: 'lists', users: tables.users, userCount, groups: tables.groups, groupCount },
    rootInode,
    bytesUsed: tables.bytesUsed,
    xattrTable: ABSENT,
    inodeTable: tables.inodeTable,
    directoryTable: tables.directoryTable,
    fragmentTable,
  }
}

function readTables(offset: () => number): Tables {
  return {
    bytesUsed: offset(),
    users: offset(),
    groups: offset(),
    inodeTable: offset(),
    directoryTable: offset(),
  }
}

/** The writers lay out contents, inodes, names and owners in this order. */
function fitTogether(tables: Tables, headerSize: number): boolean {
  const { bytesUsed, users, groups, inodeTable, directoryTable } = tables
  return (
    Number.isSafeInteger(bytesUsed) &&
    inodeTable >= headerSize &&
    inodeTable < directoryTable &&
    directoryTable < users &&
    users < bytesUsed &&
    // Images whose groups are all those of their users have no second list.
    (groups <= bytesUsed || groups >= 0xffff_ffff)
  )
}
