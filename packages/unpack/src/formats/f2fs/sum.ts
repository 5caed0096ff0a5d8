import { crc32 } from 'node:zlib'

/** The superblock's magic: where checksums begin that say nothing else. */
const SEED = 0xf2f5_2010

/** F2FS's checksum: CRC-32 of IEEE 802.3 that begins with a number and is not turned over at the end. */
export function f2fsSum(view: Uint8Array, seed = SEED): number {
  return ~crc32(view, ~seed >>> 0) >>> 0
}
