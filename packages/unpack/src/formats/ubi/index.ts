import { type Extent, mappedBytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, wrapped } from '../members.ts'
import { type Geometry, readGeometry } from './blocks.ts'
import { EC_MAGIC } from './headers.ts'
import { listVolumes, type PlannedVolume, type VolumePart } from './volumes.ts'

/** What erased flash reads as, four bytes of it. */
const ERASED = 0xffffffff
/** Bytes of a volume that is held in memory: what lies in one is read in any order, which a file is slower at. */
const MOST_COPIED = 64 * 1024 * 1024

export const ubi: ContainerFormat<PlannedVolume> = {
  kind: 'container',
  name: 'ubi',
  title: 'UBI (volumes on raw flash)',
  references: ['Linux kernel, drivers/mtd/ubi/ubi-media.h', 'mtd-utils, lib/libubigen.c'],
  limits: [
    'fastmap is not used: all erase blocks are looked at',
    'blocks that a dynamic volume does not have are shown as erased; whether it went on behind the last one is not known',
    'spare bytes of NAND flash between the pages are not taken out',
  ],
  magic: [{ bytes: EC_MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const geometry = readGeometry(bytes, at)
    return geometry && { start: at, end: geometry.end }
  },

  *open(bytes, region, problem) {
    const geometry = readGeometry(bytes, region.start) as Geometry
    if ((region.end - region.start) % geometry.blockSize !== 0)
      problem('truncated', 'the last erase block is cut off')
    for (const volume of listVolumes(bytes, region, geometry, problem))
      yield { cost: volume.size, entries: 1, plan: volume }
  },

  read(bytes, _region, { name, size, parts }, sink) {
    const extents = extentsOf(parts)
    if (size > MOST_COPIED) {
      sink.mapped(wrapped(name), size, extents)
    } else {
      const volume = mappedBytes(bytes, size, extents)
      sink.file(wrapped(name), size, (out) => copyStretch(volume, 0, out))
    }
  },
}

/** Between its parts a volume is erased. */
function extentsOf(parts: readonly VolumePart[]): readonly Extent[] {
  const extents: Extent[] = []
  let done = 0
  for (const { from, to, length } of parts) {
    if (to > done) extents.push({ at: done, length: to - done, fill: ERASED })
    extents.push({ at: to, length, from })
    done = to + length
  }
  return extents
}
