import type { Bytes } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'
import { lookupPages, readLookup, type SpiffsGeometry } from './geometry.ts'
import { INDEX_FLAG, isUnused, nameAt, PAGE_HEADER, readPage, sizeAt } from './pages.ts'

export interface SpiffsFile {
  /** Byte string, without the slash that most begin with. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Offsets of the parts of its content; undefined where one is not there. */
  readonly parts: readonly (number | undefined)[]
  readonly partSize: number
}

/** Objects without a size were never closed. */
const UNKNOWN_SIZE = 0xffff_ffff

interface Growing {
  header?: { readonly name: string; readonly size: number }
  /** Number of the part to offset of its content. */
  readonly parts: Map<number, number>
}

/** All objects that are not deleted; every page says itself what it is part of. */
export function readFiles(
  bytes: Bytes,
  geometry: SpiffsGeometry,
  problem: Sink['problem'],
): readonly SpiffsFile[] {
  const objects = new Map<number, Growing>()
  const { start, blockSize, pageSize, blockCount, end } = geometry
  for (let block = 0; block < blockCount && start + block * blockSize < end; block++) {
    let at = start + block * blockSize + lookupPages(geometry) * pageSize
    for (const id of readLookup(bytes, geometry, block)) {
      if (!isUnused(id) && at + pageSize <= end) addPage(bytes, geometry, at, objects)
      at += pageSize
    }
  }
  const cut = start + blockSize * blockCount > end
  return [...objects].flatMap(([id, object]) => fileOf(geometry, id, object, cut, problem))
}

function addPage(
  bytes: Bytes,
  { pageSize, endian }: SpiffsGeometry,
  at: number,
  objects: Map<number, Growing>,
): void {
  const page = readPage(bytes, at, endian)
  if (!page || page.isDeleted || !page.isUsed) return
  const id = page.id & ~INDEX_FLAG
  const object: Growing = objects.get(id) ?? { parts: new Map() }
  objects.set(id, object)
  if (!page.isIndex) {
    // A part is written anew before the old one is deleted: of two, the one that was finished counts.
    if (page.isFinal || !object.parts.has(page.part)) object.parts.set(page.part, at + PAGE_HEADER)
    return
  }
  const name = page.part === 0 ? nameAt(bytes, at, pageSize) : undefined
  if (name !== undefined && (page.isFinal || !object.header))
    object.header = { name, size: sizeAt(bytes, at, endian) }
}

function fileOf(
  { pageSize, blockSize, blockCount }: SpiffsGeometry,
  id: number,
  { header, parts }: Growing,
  cut: boolean,
  problem: Sink['problem'],
): readonly SpiffsFile[] {
  const partSize = pageSize - PAGE_HEADER
  const there = (Math.max(-1, ...parts.keys()) + 1) * partSize
  if (!header && parts.size === 0) return []
  const path = header ? pathOf(header.name, id) : `object-${id}`
  if (!header) problem(cut ? 'truncated' : 'structure', 'its name is not there', path)
  const isOpen = header?.size === UNKNOWN_SIZE
  // Of a file that nothing was written to, that is the rule.
  if (isOpen && parts.size > 0) problem('structure', 'its size was never written', path)
  const size = header && !isOpen ? header.size : there
  if (size > blockSize * blockCount || there > blockSize * blockCount) {
    problem('structure', `${Math.max(size, there)} bytes are more than the file system has`, path)
    return []
  }
  const list = Array.from({ length: Math.ceil(size / partSize) }, (_, part) => parts.get(part))
  const missing = list.filter((part) => part === undefined).length
  if (missing > 0)
    problem(
      cut ? 'truncated' : 'structure',
      `${missing} of its pages are not there; they are shown as zeros`,
      path,
    )
  return [{ path, size, parts: list, partSize }]
}

/** Names are paths by convention only. */
function pathOf(name: string, id: number): string {
  const steps = name.split('/').filter((step) => step !== '' && step !== '.' && step !== '..')
  return steps.length > 0 ? steps.join('/') : `object-${id}`
}
