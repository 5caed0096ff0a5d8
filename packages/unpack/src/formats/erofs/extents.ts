import { FormatError } from '../../contract.ts'
import type { Inode } from './inode.ts'
import { indexedExtents } from './lclusters.ts'
import { isBoxed, type Volume } from './volume.ts'

export type Coding =
  | 'lz4'
  | 'lzma'
  | 'deflate'
  | 'zstd'
  /** As it is. */
  | 'stored'
  /** As it is, but turned within its block, so that it lies there where it lies in the file. */
  | 'interlaced'
  /** In the inode that holds the fragments; `from` is an offset there. */
  | 'fragment'
  | 'hole'

/** A stretch of a file, and where it comes from. */
export interface Extent {
  /** Offset within the file. */
  readonly at: number
  /** Bytes of the file. */
  readonly length: number
  readonly from: number
  /** Bytes at `from`. */
  readonly stored: number
  readonly coding: Coding
  /** `from` is an offset in the metabox. */
  readonly boxed?: true
}

/** Of what lies with an inode. */
export function boxedWith(inode: Inode): Pick<Extent, 'boxed'> {
  return isBoxed(inode.number) ? { boxed: true } : {}
}

/** What may come out of one compressed cluster, in bytes. */
export const MOST_LENGTH = 12 * 1024 * 1024

const NO_BLOCK = 0xffff_ffff
const CHUNK = { bits: 0x1f, indexes: 0x20, wide: 0x40 } as const
/** No more of them are believed: no file is in more pieces. */
const MOST_CHUNKS = 4_000_000

/** Where the content of a file lies, from its first byte to its last. @throws FormatError, DecodeError, BytesError */
export function extentsOf(volume: Volume, inode: Inode): readonly Extent[] {
  if (inode.size === 0) return []
  switch (inode.layout) {
    case 'plain':
    case 'inline':
      return flatExtents(volume, inode)
    case 'chunks':
      return chunkExtents(volume, inode)
    case 'full-index':
    case 'compact-index':
      return indexedExtents(volume, inode)
  }
}

function flatExtents(volume: Volume, inode: Inode): readonly Extent[] {
  const { blockSize } = volume.superblock
  const { size, word, wordHigh, layout, restAt } = inode
  if (layout === 'plain' && word === NO_BLOCK && (wordHigh === 0 || wordHigh === 0xffff))
    return [{ at: 0, length: size, from: 0, stored: 0, coding: 'hole' }]
  const tail = layout === 'inline' ? size - (Math.ceil(size / blockSize) - 1) * blockSize : 0
  const length = size - tail
  const from = (wordHigh * 2 ** 32 + word) * blockSize
  const extents: Extent[] = []
  if (length > 0) extents.push({ at: 0, length, from, stored: length, coding: 'stored' })
  if (tail > 0) {
    const lies = { from: restAt, stored: tail, coding: 'stored', ...boxedWith(inode) } as const
    extents.push({ at: length, length: tail, ...lies })
  }
  return extents
}

function chunkExtents(volume: Volume, inode: Inode): readonly Extent[] {
  const { blockSize } = volume.superblock
  const format = inode.word & 0xffff
  const chunk = blockSize * 2 ** (format & CHUNK.bits)
  const unit = (format & CHUNK.indexes) !== 0 ? 8 : 4
  const count = Math.ceil(inode.size / chunk)
  const at = Math.ceil(inode.restAt / unit) * unit
  if (!(count <= MOST_CHUNKS)) throw new FormatError('unsupported', `a file of ${count} chunks`)
  const reader = volume.areaOf(inode.number).reader(at, count * unit)
  const extents: Extent[] = []
  for (let i = 0; i < count; i++) {
    const high = unit === 8 ? reader.u16() : 0
    const device = unit === 8 ? reader.u16() : 0
    const low = reader.u32()
    const wide = (format & CHUNK.wide) !== 0
    const length = Math.min(chunk, inode.size - i * chunk)
    if (low === NO_BLOCK && (!wide || high === 0xffff)) {
      add(extents, { at: i * chunk, length, from: 0, stored: 0, coding: 'hole' })
      continue
    }
    if (device !== 0) throw new FormatError('unsupported', 'its content lies on another device')
    const from = (low + (wide ? high * 2 ** 32 : 0)) * blockSize
    add(extents, { at: i * chunk, length, from, stored: length, coding: 'stored' })
  }
  return extents
}

/** Chunks that lie one behind the other are one extent. */
function add(extents: Extent[], next: Extent): void {
  const last = extents.at(-1)
  const follows =
    last?.coding === next.coding && (next.coding === 'hole' || last.from + last.stored === next.from)
  if (!last || !follows) extents.push(next)
  else
    extents[extents.length - 1] = {
      ...last,
      length: last.length + next.length,
      stored: last.stored + next.stored,
    }
}
