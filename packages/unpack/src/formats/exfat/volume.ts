import { type Bytes, consistsOf, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import { type FatVolume, FIRST_CLUSTER, isCluster } from '../fat/volume.ts'

export const MAGIC = '\xebv\x90EXFAT   '
const BOOT_SECTOR = 512
/** Bytes behind the name in which a FAT has its numbers, and this none. */
const EMPTY = { at: 11, length: 53 } as const
/** Sectors of a boot region before the one with its checksum. */
const SUMMED_SECTORS = 11
/** Both boot regions. */
const LEAST_TABLE = 24
/** Bits of a sector, and of a cluster. */
const [LEAST_SECTOR, MOST_SECTOR, MOST_CLUSTER] = [9, 12, 25]
/** Numbers of clusters that the table of FAT32 has, whose reader serves here: more needs a chip of terabytes. */
const MOST_CLUSTERS = 0x0fff_fff0
/** Bytes in the boot sector that change while the volume is in use, and are not summed up. */
const NOT_SUMMED = [106, 107, 112]
const SECOND_TABLE = 1

export interface ExfatVolume extends FatVolume {
  readonly sector: number
}

/** The boot sector at `at`; undefined where its numbers do not fit together. exFAT specification, section 3.1. */
export function readVolume(bytes: Bytes, at: number): ExfatVolume | undefined {
  if (at + BOOT_SECTOR > bytes.size) return undefined
  const view = bytes.view(at, BOOT_SECTOR)
  if (latin1(view.subarray(0, MAGIC.length)) !== MAGIC || view[510] !== 0x55 || view[511] !== 0xaa)
    return undefined
  if (!consistsOf(view.subarray(EMPTY.at, EMPTY.at + EMPTY.length), 0)) return undefined
  const reader = new Reader(view, 'little', 72)
  const sectors = reader.size64()
  const [tableSector, tableSectors, dataSector] = [reader.u32(), reader.u32(), reader.u32()]
  const [clusters, rootCluster] = [reader.u32(), reader.u32()]
  reader.skip(5)
  const [major, flags] = [reader.u8(), reader.u16()]
  const [sectorBits, clusterBits, copies] = [reader.u8(), reader.u8(), reader.u8()]
  const bits = sectorBits + clusterBits
  if (sectorBits < LEAST_SECTOR || sectorBits > MOST_SECTOR || bits > MOST_CLUSTER || major !== 1)
    return undefined
  const sector = 2 ** sectorBits
  const volume: ExfatVolume = {
    bits: 32,
    sector,
    clusterSize: 2 ** bits,
    clusters,
    tableAt: tableSector * sector,
    tableSize: tableSectors * sector,
    copies,
    only: copies === 2 ? flags & SECOND_TABLE : undefined,
    media: 0xf8,
    rootEntries: 0,
    rootAt: 0,
    rootCluster,
    dataAt: dataSector * sector,
    length: sectors * sector,
  }
  const plausible =
    (copies === 1 || copies === 2) &&
    tableSector >= LEAST_TABLE &&
    (clusters + FIRST_CLUSTER) * 4 <= volume.tableSize &&
    tableSector + tableSectors * copies <= dataSector &&
    clusters > 0 &&
    clusters <= MOST_CLUSTERS &&
    volume.dataAt + clusters * volume.clusterSize <= volume.length &&
    isCluster(volume, rootCluster)
  return plausible ? volume : undefined
}

/** Whether the checksum of the boot region holds; what is cut off speaks for nothing. Section 3.4. */
export function isBootWhole(bytes: Bytes, at: number, { sector }: ExfatVolume): boolean {
  const end = at + SUMMED_SECTORS * sector
  if (end + 4 > bytes.size) return true
  let sum = 0
  forEachWindow(bytes, at, end, sector, 0, (window, place) => {
    for (const [index, byte] of window.entries())
      if (place > at || !NOT_SUMMED.includes(index)) sum = (((sum << 31) | (sum >>> 1)) + byte) >>> 0
    return true
  })
  return sum === new Reader(bytes.view(end, 4), 'little').u32()
}
