import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { type Layout, readTags, type Tags } from './chunk.ts'
import { HEADER_BYTES, type ObjectHeader, parseHeader } from './header.ts'

export const ROOT = 1
const GEOMETRIES: readonly Pick<Layout, 'version' | 'page' | 'spare'>[] = [
  { version: 1, page: 512, spare: 16 },
  { version: 2, page: 2048, spare: 64 },
  { version: 2, page: 4096, spare: 128 },
  { version: 2, page: 2048, spare: 128 },
  { version: 2, page: 4096, spare: 256 },
  { version: 2, page: 4096, spare: 224 },
  { version: 2, page: 8192, spare: 256 },
]
const ENDIANS: readonly Endian[] = ['little', 'big']
/** Behind the marks of bad blocks, where they are kept. */
const TAGS_AT = [0, 2]
/** Pages whose tags have to hold before an image counts as one. */
const CONVINCING = 4

/** The layout of the image whose first object header stands at `at`, or undefined. */
export function findLayout(bytes: Bytes, at: number): Layout | undefined {
  if (at + HEADER_BYTES > bytes.size) return undefined
  const view = bytes.view(at, HEADER_BYTES)
  const headers: Endian = new Reader(view, 'little').u32() < 6 ? 'little' : 'big'
  const first = parseHeader(view, headers)
  if (!first || first.parent !== ROOT) return undefined
  for (const geometry of GEOMETRIES) {
    // Images of YAFFS1 begin with the root itself, which has no name.
    if (geometry.version === 1 ? first.name !== '' && !isName(first.name) : !isName(first.name)) continue
    for (const tagsAt of geometry.version === 1 ? [0] : TAGS_AT)
      for (const tags of ENDIANS) {
        const layout = { ...geometry, tagsAt, tags, headers }
        if (holds(bytes, at, layout)) return layout
      }
  }
  return undefined
}

/** Names of real objects have no control characters; noise has. */
function isName(name: string): boolean {
  return name !== '' && [...name].every((letter) => letter >= ' ')
}

function holds(bytes: Bytes, start: number, layout: Layout): boolean {
  const step = layout.page + layout.spare
  const count = Math.min(CONVINCING, Math.floor((bytes.size - start) / step))
  for (let index = 0; index < count; index++) {
    const tags = readTags(bytes, start + index * step, layout)
    if (!tags || (index === 0 && (tags === 'erased' || tags.chunk !== 0))) return false
  }
  return count > 0
}

/** Behind the last page that has tags or was erased. */
export function endOfLog(bytes: Bytes, start: number, layout: Layout): number {
  const step = layout.page + layout.spare
  let at = start
  while (readTags(bytes, at, layout)) at += step
  return at
}

/** What the log says of an object: the newest header, and where the newest copy of each part of its content lies. */
export interface LogObject {
  header: ObjectHeader | undefined
  headerSequence: number
  /** Offsets in the bytes, by chunk (from 1 on). */
  readonly chunks: Map<number, { readonly at: number; readonly sequence: number; readonly bytes: number }>
}

/** All objects by their numbers. Of pages with equal sequences, the later one is newer. */
export function readLog(bytes: Bytes, region: Region, layout: Layout): ReadonlyMap<number, LogObject> {
  const objects = new Map<number, LogObject>()
  const step = layout.page + layout.spare
  for (let at = region.start; at + step <= region.end; at += step) {
    const tags = readTags(bytes, at, layout)
    if (!tags) break
    if (tags !== 'erased') note(objects, bytes, at, tags, layout)
  }
  return objects
}

function note(
  objects: Map<number, LogObject>,
  bytes: Bytes,
  at: number,
  { object, chunk, sequence, bytes: length }: Tags,
  layout: Layout,
): void {
  const known = objects.get(object) ?? { header: undefined, headerSequence: 0, chunks: new Map() }
  objects.set(object, known)
  if (chunk > 0) {
    if (sequence >= (known.chunks.get(chunk)?.sequence ?? 0))
      known.chunks.set(chunk, { at, sequence, bytes: length })
  } else if (sequence >= known.headerSequence) {
    const header = parseHeader(bytes.view(at, HEADER_BYTES), layout.headers)
    if (!header) return
    known.header = header
    known.headerSequence = sequence
  }
}
