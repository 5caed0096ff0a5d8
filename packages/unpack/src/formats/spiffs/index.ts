import type { ContainerFormat } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { steps } from '../places.ts'
import { findGeometry, type SpiffsGeometry } from './geometry.ts'
import { readFiles, type SpiffsFile } from './objects.ts'

/** File systems begin at the start of a sector of flash. */
const SECTOR = 4096

export const spiffs: ContainerFormat<readonly SpiffsFile[]> = {
  kind: 'container',
  name: 'spiffs',
  title: 'SPIFFS',
  references: ['spiffs, docs/TECH_SPEC', 'spiffs, src/spiffs_nucleus.h'],
  limits: [
    'it has no magic at a fixed place: it is sought at the starts of sectors, and at the start of a file',
    'numbers of objects and pages have to be of 16 bits, as they are by default',
    'deleted files are not shown, and what a project keeps beside the names of files (with ESP-IDF: times) is not either',
    'without any magic, what lies behind the last block in use is not known to belong to it',
  ],
  magic: [],
  carve: false,

  *candidates(bytes, gap) {
    if (gap.start % SECTOR !== 0 && gap.start + SECTOR <= gap.end) yield gap.start
    for (const at of steps(bytes, gap, SECTOR)) if (at + SECTOR <= gap.end) yield at
  },

  recognise(bytes, at) {
    const geometry = findGeometry(bytes, at)
    return geometry && { start: at, end: geometry.end }
  },

  *open(bytes, region, problem) {
    const geometry = findGeometry(bytes, region.start) as SpiffsGeometry
    const { blockCount, blockSize } = geometry
    if (region.start + blockCount * blockSize > region.end)
      problem('truncated', `${blockCount} blocks are announced, fewer are there`)
    yield* inBatches(readFiles(bytes, geometry, problem), ({ size }) => size)
  },

  read(bytes, _region, plan, sink) {
    for (const { path, size, parts, partSize } of plan) {
      sink.file(wrapped(path), size, (out) => {
        for (const [index, at] of parts.entries()) {
          if (at !== undefined) bytes.copy(at, out.subarray(index * partSize, (index + 1) * partSize))
        }
      })
    }
  },
}
