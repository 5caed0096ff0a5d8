import { forEachWindow, Reader } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'
import type { Trouble } from '../pieces.ts'
import { quietly } from '../telling.ts'
import { TYPE, type Volume } from './volume.ts'

const CRC32C = 0
const SUM = 4
/** The object that all checksums of contents belong to; it is beyond what a number can tell. */
const OBJECT = Number.POSITIVE_INFINITY
const WINDOW = 1024 * 1024
/** More items than a search passes over before it finds what it looks for. */
const MOST_BEFORE = 64

/** Compares the checksums of a stretch of contents, a sector each, with what stands there. */
export function checkSums(
  volume: Volume,
  { logical, length }: { readonly logical: number; readonly length: number },
  trouble: Trouble,
): void {
  const { superblock, region, sumTree } = volume
  const { sectorSize } = superblock
  if (superblock.sumType !== CRC32C || !sumTree || !(length > 0)) return
  const wanted = { object: OBJECT, type: TYPE.sum, from: logical, to: logical + length - 1 }
  // One for each sector, at most, and those before them in the nodes that lead to them.
  let left = Math.ceil(length / sectorSize) + MOST_BEFORE
  for (const { type, offset, data } of volume.items(sumTree, () => {}, wanted)) {
    if (left-- <= 0) {
      trouble('structure', 'checksums that are not in order')
      return
    }
    if (type !== TYPE.sum) continue
    const first = Math.max(offset, logical)
    const end = Math.min(offset + (data.length / SUM) * sectorSize, logical + length)
    if (first >= end) continue
    const sums = new Reader(data, 'little', ((first - offset) / sectorSize) * SUM)
    const from = quietly(() => volume.placeOf(first, end - first))
    if (from === undefined || from + end - first > region.end) return
    let isSound = true
    forEachWindow(volume.bytes, from, from + end - first, WINDOW, 0, (window) => {
      for (let at = 0; at + sectorSize <= window.length && isSound; at += sectorSize)
        isSound = ~crc32c(window.subarray(at, at + sectorSize)) >>> 0 === sums.u32()
      return isSound
    })
    if (!isSound) trouble('checksum', 'the checksum of a part of it differs')
  }
}
