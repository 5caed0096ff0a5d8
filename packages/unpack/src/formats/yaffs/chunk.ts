import { type Bytes, consistsOf, type Endian, Reader } from '@messlatte/bytes'
import { readTags1 } from './chunk-1.ts'

/** How an image is laid out: in bytes, and where the tags stand in the spare bytes behind each page. */
export interface Layout {
  readonly version: 1 | 2
  readonly page: number
  readonly spare: number
  readonly tagsAt: number
  readonly tags: Endian
  readonly headers: Endian
}

/** Yaffs 2, core/yaffs_packedtags2.h. */
export interface Tags {
  readonly sequence: number
  readonly object: number
  /** From 1 on; 0 for a header. */
  readonly chunk: number
  /** Of a chunk of contents that are in use. */
  readonly bytes: number
}

const TAGS_BYTES = 16
export const LOWEST_SEQUENCE = 0x1000
const BAD_BLOCK = 0xffff_0000
const HAS_HEADER_INFO = 0x8000_0000
/** Above these bits is the type of an object, where the tags of a header carry more. */
const OBJECT_BITS = 0x0fff_ffff
/** YAFFS_MAX_OBJECT_ID. */
const MOST_OBJECT = 0x3_ffff

/** The tags of the page at `at`; `erased` for one that was never written; undefined for what are none. */
export function readTags(bytes: Bytes, at: number, layout: Layout): Tags | 'erased' | undefined {
  const { page, spare, tagsAt, tags } = layout
  if (at + page + spare > bytes.size) return undefined
  if (layout.version === 1) return withinPage(readTags1(bytes.view(at + page, spare), tags), page)
  const view = bytes.view(at + page + tagsAt, TAGS_BYTES)
  if (consistsOf(view, 0xff)) return 'erased'
  const reader = new Reader(view, tags)
  const [sequence, object, chunk, length] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const isHeader = chunk === 0 || (chunk & HAS_HEADER_INFO) !== 0
  if (sequence < LOWEST_SEQUENCE || sequence >= BAD_BLOCK) return undefined
  if (!isHeader && (length > page || chunk > OBJECT_BITS)) return undefined
  const id = (isHeader && chunk !== 0 ? object & OBJECT_BITS : object) >>> 0
  return id === 0 || id > MOST_OBJECT
    ? undefined
    : { sequence, object: id, chunk: isHeader ? 0 : chunk, bytes: length }
}

function withinPage(tags: Tags | 'erased' | undefined, page: number): Tags | 'erased' | undefined {
  return tags && tags !== 'erased' && tags.bytes > page ? undefined : tags
}
