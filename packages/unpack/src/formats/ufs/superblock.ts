import { type Bytes, type Endian, latin1, Reader } from '@messlatte/bytes'

/** What stands in the superblock of UFS (1376 bytes at 8192 or 65536, in the byte order of its machine). */
export interface Superblock {
  readonly version: 1 | 2
  readonly endian: Endian
  /** Bytes: of blocks, and of the fragments that addresses count. */
  readonly blockSize: number
  readonly fragmentSize: number
  readonly fragments: number
  readonly groups: number
  readonly inodesPerGroup: number
  readonly fragmentsPerGroup: number
  /** First fragment of the inodes within a group. */
  readonly inodesAt: number
  /** In version 1 groups begin later and later, so that not all copies lie on one plate. */
  readonly groupShift: number
  readonly groupMask: number
  /** Bytes. */
  readonly inodeSize: number
  /** Targets that are shorter stand in the inode. */
  readonly shortTarget: number
  readonly isClean: boolean
}

const MAGICS = { 1: 0x0001_1954, 2: 0x1954_0119 } as const
const MAGIC_AT = 1372
const SIZE = 1376
const PLACES = { 1: [8192], 2: [65_536, 8192] } as const
const INODE_SIZE = { 1: 128, 2: 256 } as const
/** Directories say how long names are in one byte, and of which type in another. */
const FORM_44 = 2
const MOST_PER_BLOCK = 8

export function magics(): readonly { readonly bytes: string; readonly at: number }[] {
  return ([1, 2] as const).flatMap((version) =>
    PLACES[version].flatMap((place) =>
      ([0, 1] as const).map((turned) => {
        const bytes = Buffer.alloc(4)
        if (turned === 1) bytes.writeUInt32BE(MAGICS[version])
        else bytes.writeUInt32LE(MAGICS[version])
        return { bytes: latin1(bytes), at: place + MAGIC_AT }
      }),
    ),
  )
}

/** The superblock of the file system that begins at `start`; undefined where its numbers do not fit together. */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  for (const version of [2, 1] as const) {
    for (const place of PLACES[version]) {
      if (start + place + SIZE > bytes.size) continue
      const view = bytes.view(start + place, SIZE)
      for (const endian of ['little', 'big'] as const) {
        if (new Reader(view, endian, MAGIC_AT).u32() !== MAGICS[version]) continue
        const found = parse(view, endian, version, place)
        if (found) return found
      }
    }
  }
  return undefined
}

function parse(view: Uint8Array, endian: Endian, version: 1 | 2, place: number): Superblock | undefined {
  const u32 = (at: number) => new Reader(view, endian, at).u32()
  const u64 = (at: number) => new Reader(view, endian, at).size64()
  const [blockSize, fragmentSize, perBlock] = [u32(48), u32(52), u32(56)]
  const inodeSize = INODE_SIZE[version]
  const superblock: Superblock = {
    version,
    endian,
    blockSize,
    fragmentSize,
    fragments: version === 2 ? u64(1080) : u32(36),
    groups: u32(44),
    inodesPerGroup: u32(184),
    fragmentsPerGroup: u32(188),
    inodesAt: u32(16),
    groupShift: version === 1 ? u32(24) : 0,
    groupMask: version === 1 ? u32(28) : 0xffff_ffff,
    inodeSize,
    shortTarget: u32(1320),
    isClean: view[209] === 1,
  }
  const { fragments, groups, inodesPerGroup, fragmentsPerGroup, inodesAt } = superblock
  const isPlaced = version === 1 || u64(1000) === place
  const fits =
    isPlaced &&
    isPowerOfTwo(blockSize, 4096, 65_536) &&
    isPowerOfTwo(fragmentSize, 512, blockSize) &&
    perBlock === blockSize / fragmentSize &&
    perBlock <= MOST_PER_BLOCK &&
    u32(120) === blockSize / inodeSize &&
    (version === 2 || u32(1324) === FORM_44) &&
    groups > 0 &&
    fragments > 0 &&
    fragments <= groups * fragmentsPerGroup &&
    fragments > (groups - 1) * fragmentsPerGroup &&
    fragments * fragmentSize <= Number.MAX_SAFE_INTEGER &&
    inodesPerGroup > 0 &&
    u32(8) < inodesAt &&
    u32(12) < inodesAt &&
    u32(20) >= inodesAt + (inodesPerGroup * inodeSize) / fragmentSize &&
    u32(20) <= fragmentsPerGroup &&
    superblock.shortTarget <= inodeSize
  return fits ? superblock : undefined
}

function isPowerOfTwo(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && (value & (value - 1)) === 0
}
