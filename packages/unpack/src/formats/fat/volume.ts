import { type Bytes, Reader } from '@messlatte/bytes'

/** A file system of clusters, as its boot sector tells it; offsets are bytes from its start. */
export interface FatVolume {
  /** Bits of one number in the table. */
  readonly bits: 12 | 16 | 32
  /** Bytes. */
  readonly clusterSize: number
  /** Data clusters; the first one has the number 2. */
  readonly clusters: number
  readonly tableAt: number
  /** Bytes of one copy of the table. */
  readonly tableSize: number
  readonly copies: number
  /** The copy that counts, where the others are not kept the same. */
  readonly only: number | undefined
  readonly media: number
  /** Of FAT12 and FAT16: entries in the root directory, which lies in front of the clusters. */
  readonly rootEntries: number
  readonly rootAt: number
  /** Of FAT32: the first cluster of the root directory. */
  readonly rootCluster: number
  readonly dataAt: number
  /** Bytes of the whole. */
  readonly length: number
}

const BOOT_SECTOR = 512
/** As many copies of the table as mkfs.fat writes. */
const MOST_COPIES = 4
export const FIRST_CLUSTER = 2
export const ENTRY = 32

/** The boot sector at `at`; undefined where its numbers do not fit together, or the table does not begin as it has to. */
export function readVolume(bytes: Bytes, at: number): FatVolume | undefined {
  if (at + BOOT_SECTOR > bytes.size) return undefined
  const view = bytes.view(at, BOOT_SECTOR)
  const u8 = (offset: number) => view[offset] as number
  const u16 = (offset: number) => new Reader(view, 'little', offset).u16()
  const u32 = (offset: number) => new Reader(view, 'little', offset).u32()
  const jumps = (u8(0) === 0xeb && u8(2) === 0x90) || u8(0) === 0xe9
  if (!jumps || u8(510) !== 0x55 || u8(511) !== 0xaa) return undefined
  const sector = u16(11)
  const perCluster = u8(13)
  if (!isPowerOfTwo(sector, 512, 4096) || !isPowerOfTwo(perCluster, 1, 128)) return undefined
  const reserved = u16(14)
  const copies = u8(16)
  const rootEntries = u16(17)
  const media = u8(21)
  const isFat32 = u16(22) === 0
  const tableSectors = isFat32 ? u32(36) : u16(22)
  const sectors = u16(19) || u32(32)
  const rootSectors = Math.ceil((rootEntries * ENTRY) / sector)
  const dataSector = reserved + copies * tableSectors + rootSectors
  const clusters = Math.floor((sectors - dataSector) / perCluster)
  const bits = isFat32 ? 32 : clusters < 4085 ? 12 : 16
  const flags = isFat32 ? u16(40) : 0
  const volume: FatVolume = {
    bits,
    clusterSize: sector * perCluster,
    clusters,
    tableAt: reserved * sector,
    tableSize: tableSectors * sector,
    copies,
    only: (flags & 0x80) !== 0 ? flags & 0xf : undefined,
    media,
    rootEntries,
    rootAt: (reserved + copies * tableSectors) * sector,
    rootCluster: isFat32 ? u32(44) : 0,
    dataAt: dataSector * sector,
    length: sectors * sector,
  }
  const plausible =
    reserved > 0 &&
    copies >= 1 &&
    copies <= MOST_COPIES &&
    (media === 0xf0 || media >= 0xf8) &&
    tableSectors > 0 &&
    clusters > 0 &&
    (clusters + FIRST_CLUSTER) * bits <= volume.tableSize * 8 &&
    (bits === 32
      ? rootEntries === 0 && u16(42) === 0 && isCluster(volume, volume.rootCluster)
      : rootEntries > 0 && clusters < 65_525) &&
    (volume.only === undefined || volume.only < copies)
  return plausible && beginsAsTable(bytes, at + volume.tableAt, volume) ? volume : undefined
}

export function isCluster({ clusters }: FatVolume, cluster: number): boolean {
  return cluster >= FIRST_CLUSTER && cluster < clusters + FIRST_CLUSTER
}

/** Where a cluster lies, from the start of the volume. */
export function placeOf({ dataAt, clusterSize }: FatVolume, cluster: number): number {
  return dataAt + (cluster - FIRST_CLUSTER) * clusterSize
}

/** The first number is the medium's, filled up with ones; a table that is cut off speaks for nothing. */
function beginsAsTable(bytes: Bytes, at: number, { bits, media }: FatVolume): boolean {
  if (at + 4 > bytes.size) return true
  const first = new Reader(bytes.view(at, 4), 'little').u32()
  const expected = bits === 32 ? 0x0fff_ff00 : bits === 16 ? 0xff00 : 0xf00
  const mask = bits === 32 ? 0x0fff_ffff : bits === 16 ? 0xffff : 0xfff
  return (first & mask) === (expected | media)
}

function isPowerOfTwo(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && (value & (value - 1)) === 0
}
