import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, wrapped } from '../members.ts'
import { detectGeometry, endOfPages, type Geometry } from './detect.ts'

/** Pages that are handed on at once. */
const PAGES = 512

export const nand: ContainerFormat<Geometry> = {
  kind: 'container',
  name: 'nand',
  title: 'Dump of a NAND chip with its spare bytes',
  references: [
    'Linux kernel, Documentation/driver-api/mtdnand.rst',
    'Linux kernel, drivers/mtd/nand/raw/nand_ids.c',
  ],
  limits: [
    'the pages are shown as they were read: errors are not corrected with the codes in the spare bytes',
    'known by the marks of good blocks behind at least 32 pages that are well filled; chips whose controllers put other things there are not recognised',
  ],
  magic: [],
  spreads: true,
  carve: false,

  recognise(bytes, at) {
    const geometry = detectGeometry(bytes, at)
    return geometry && { start: at, end: endOfPages(bytes, at, geometry) }
  },

  *open(bytes, region, problem) {
    const geometry = detectGeometry(bytes, region.start)
    if (!geometry) return
    const block = (geometry.page + geometry.spare) * pagesOfBlock(geometry)
    if ((region.end - region.start) % block !== 0)
      problem('truncated', 'the last block is not whole', contentName(geometry))
    yield { cost: region.end - region.start, entries: 1, plan: geometry }
  },

  read(bytes, { start, end }, geometry, sink) {
    const { page, spare } = geometry
    sink.stream(wrapped(contentName(geometry)), (write) => {
      const step = page + spare
      for (let at = start; at < end; at += PAGES * step) {
        const raw = new Uint8Array(Math.min(PAGES * step, end - at))
        copyStretch(bytes, at, raw)
        for (let from = 0; from < raw.length; from += step) write(raw.subarray(from, from + page))
      }
      return { end, checksum: 'none' }
    })
  },
}

function contentName({ page, spare }: Geometry): string {
  return `pages-${page}+${spare}`
}

/** The least that chips of this kind have. */
function pagesOfBlock({ page }: Geometry): number {
  return page === 512 ? 32 : 64
}
