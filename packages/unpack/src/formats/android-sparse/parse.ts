import { type Bytes, type Extent, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = '\x3a\xff\x26\xed'
const FILE_HEADER = 28
const CHUNK_HEADER = 12
/** Later versions may lengthen the headers; nobody does so by much. */
const MOST_HEADER = 4096
/** Stretches that are kept, of which a content is put together without a copy. */
export const MOST_KEPT = 1_000_000
const MOST_PARTS = 1000

/** The file header; little endian. */
export interface SparseHeader {
  /** Bytes of the file header and of the header of each chunk. */
  readonly fileHeader: number
  readonly chunkHeader: number
  /** Bytes of a block. */
  readonly block: number
  readonly blocks: number
  readonly chunks: number
  /** CRC-32 of the whole content; 0 where none was made. */
  readonly crc: number
}

/** `raw` bytes are stored, `fill` repeats a word, `none` is told by nobody, `crc` is over all before it. */
export interface Chunk {
  readonly type: 'raw' | 'fill' | 'none' | 'crc'
  /** Bytes of the content that it stands for. */
  readonly length: number
  /** Offset in the source of what is behind its header. */
  readonly at: number
  /** Offset behind it; may lie behind the end of the bytes. */
  readonly end: number
}

/** The header at `at`, or undefined for what is none. @throws BytesError */
export function parseSparseHeader(bytes: Bytes, at: number): SparseHeader | undefined {
  const reader = new Reader(bytes.view(at, FILE_HEADER), 'little')
  if (latin1(reader.take(4)) !== MAGIC) return undefined
  const [major, minor, fileHeader, chunkHeader] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  const [block, blocks, chunks, crc] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  if (major !== 1 || minor > 0xff) return undefined
  if (fileHeader < FILE_HEADER || fileHeader > MOST_HEADER) return undefined
  if (chunkHeader < CHUNK_HEADER || chunkHeader > MOST_HEADER) return undefined
  if (block === 0 || block % 4 !== 0 || chunks === 0) return undefined
  return { fileHeader, chunkHeader, block, blocks, chunks, crc }
}

/** The chunks in their order, up to one that is none or is not there. */
export function* chunksOf(bytes: Bytes, start: number, header: SparseHeader): Generator<Chunk> {
  let at = start + header.fileHeader
  for (let index = 0; index < header.chunks; index++) {
    const chunk = chunkAt(bytes, at, header)
    if (!chunk) return
    yield chunk
    at = chunk.end
  }
}

function chunkAt(bytes: Bytes, at: number, { chunkHeader, block }: SparseHeader): Chunk | undefined {
  if (at + chunkHeader > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, CHUNK_HEADER), 'little')
  const type = ([undefined, 'raw', 'fill', 'none', 'crc'] as const)[reader.u16() - 0xcac0]
  reader.skip(2)
  const [length, total] = [reader.u32() * block, reader.u32()]
  if (!type) return undefined
  const stored = total - chunkHeader
  const told = { raw: length, fill: 4, none: 0, crc: 4 }[type]
  // Some writers leave out the size of what is behind the header of a CRC.
  if (stored !== told && !(type === 'crc' && stored === 0)) return undefined
  return { type, length: type === 'crc' ? 0 : length, at: at + chunkHeader, end: at + chunkHeader + told }
}

/** What the chunks say; lengths in bytes. */
export interface SparseContent {
  readonly size: number
  readonly extents: readonly Extent[]
  /** Offset behind the last chunk that holds. */
  readonly end: number
  readonly chunks: number
  /** Whether there are more stretches than are kept: then `extents` are not all. */
  readonly tooMany: boolean
  /** Whether the bytes end before the last chunk does. */
  readonly cut: boolean
}

/** @throws BytesError */
export function contentOf(bytes: Bytes, start: number, header: SparseHeader): SparseContent {
  const extents: Extent[] = []
  let [size, end, chunks, cut, tooMany] = [0, start + header.fileHeader, 0, false, false]
  for (const { type, length, at, end: behind } of chunksOf(bytes, start, header)) {
    chunks++
    end = Math.min(behind, bytes.size)
    const whole = behind <= bytes.size
    cut ||= !whole
    const fill = type === 'fill' && whole ? new Reader(bytes.view(at, 4), 'little').u32() : 0
    if (type === 'raw' || fill !== 0) {
      tooMany ||= extents.length >= MOST_KEPT
      if (!tooMany)
        extents.push(
          type === 'raw'
            ? { at: size, length: Math.min(length, end - at), from: at }
            : { at: size, length, fill },
        )
    }
    size += length
  }
  return {
    size,
    extents,
    end,
    chunks,
    tooMany,
    cut: cut || (chunks < header.chunks && end + header.chunkHeader > bytes.size),
  }
}

/** An image, or a part of one. */
export interface SparseImage {
  readonly start: number
  readonly header: SparseHeader
  readonly content: SparseContent
}

/**
 * An image, or all parts of one that was split for a small memory, where they follow each other: each tells of its own
 * stretches of the whole. Undefined for what is none.
 * @throws BytesError
 */
export function imagesAt(
  bytes: Bytes,
  start: number,
): { readonly images: readonly SparseImage[]; readonly content: SparseContent } | undefined {
  const first = imageAt(bytes, start)
  if (!first) return undefined
  const images = [first]
  let kept = first.content.extents.length
  for (let last = first; isWhole(last) && images.length < MOST_PARTS && kept <= MOST_KEPT; ) {
    const next = last.content.end + FILE_HEADER <= bytes.size ? imageAt(bytes, last.content.end) : undefined
    if (!next || !isLike(next, first)) break
    images.push(next)
    kept += next.content.extents.length
    last = next
  }
  const extents = images.length > 1 ? together(images) : undefined
  if (!extents) return { images: [first], content: first.content }
  const { end, cut, tooMany } = (images.at(-1) as SparseImage).content
  return { images, content: { ...first.content, extents, end, cut, tooMany: tooMany || kept > MOST_KEPT } }
}

function imageAt(bytes: Bytes, start: number): SparseImage | undefined {
  const header = parseSparseHeader(bytes, start)
  return header && { start, header, content: contentOf(bytes, start, header) }
}

function isWhole({ header, content: { cut, tooMany, chunks, size } }: SparseImage): boolean {
  return !cut && !tooMany && chunks === header.chunks && size === header.blocks * header.block
}

function isLike(one: SparseImage, first: SparseImage): boolean {
  return (
    one.header.block === first.header.block &&
    one.header.blocks === first.header.blocks &&
    one.content.chunks > 0
  )
}

/** Undefined where two of them tell of one place: then they are images of their own. */
function together(images: readonly SparseImage[]): readonly Extent[] | undefined {
  const all = images.flatMap(({ content }) => content.extents).sort((a, b) => a.at - b.at)
  const apart = all.every((extent, index) => {
    const before = all[index - 1]
    return !before || before.at + before.length <= extent.at
  })
  return apart ? all : undefined
}
