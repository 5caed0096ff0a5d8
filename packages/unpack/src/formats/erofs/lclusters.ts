import { FormatError } from '../../contract.ts'
import { boxedWith, type Coding, type Extent, MOST_LENGTH } from './extents.ts'
import { compactEntries, fullEntries, type IndexEntry } from './index-entries.ts'
import type { Inode } from './inode.ts'
import type { Area, Volume } from './volume.ts'

const ALGORITHMS: readonly Coding[] = ['lz4', 'lzma', 'deflate', 'zstd']
const ADVICE = {
  /** Of a compact index: parts of it have two bytes for each entry. Of a full one: it holds extents. */
  first: 0x1,
  bigFirst: 0x2,
  bigSecond: 0x4,
  inlineTail: 0x8,
  interlaced: 0x10,
  fragment: 0x20,
} as const
/** The whole file is a fragment: the other bits of the header are its offset. */
const ALL_FRAGMENT = 0x80
const HEADER = 8
/** What a compressed cluster may hold, in bytes. */
const MOST_STORED = 1024 * 1024

/** How an index is to be understood. */
interface MapHeader {
  readonly at: number
  readonly advice: number
  readonly algorithms: readonly [number, number]
  /** Bytes of a logical cluster. */
  readonly cluster: number
  readonly clusterBits: number
  /** Of a tail that stands behind the index. */
  readonly tailSize: number
  readonly fragmentAt: number
  readonly extents: number
}

/** The extents of a compressed file. @throws FormatError, DecodeError, BytesError */
export function indexedExtents(volume: Volume, inode: Inode): readonly Extent[] {
  const at = Math.ceil(inode.restAt / 8) * 8
  const reader = volume.areaOf(inode.number).reader(at, HEADER)
  const low = reader.u32()
  const advice = reader.u16()
  const [algorithms, bits] = reader.take(2) as unknown as [number, number]
  if ((bits & ALL_FRAGMENT) !== 0) {
    const high = advice + (algorithms + (bits & 0x7f) * 0x100) * 0x1_0000
    return [{ at: 0, length: inode.size, from: low + high * 2 ** 32, stored: 0, coding: 'fragment' }]
  }
  const clusterBits = Math.log2(volume.superblock.blockSize) + (bits & 15)
  const header: MapHeader = {
    at,
    advice,
    algorithms: [algorithms & 15, algorithms >>> 4],
    cluster: 2 ** clusterBits,
    clusterBits,
    tailSize: (advice & ADVICE.inlineTail) !== 0 ? low >>> 16 : 0,
    fragmentAt: low,
    extents: low + (algorithms + bits * 0x100) * 2 ** 32,
  }
  const found =
    inode.layout === 'full-index' && (advice & ADVICE.first) !== 0
      ? recordedExtents(volume, inode, header)
      : clusteredExtents(volume, inode, header)
  return checked(found, inode)
}

/** Each extent begins where the one before it ends; what is left out is an error of the index. */
function checked(extents: readonly Extent[], { size }: Inode): readonly Extent[] {
  let end = 0
  for (const extent of extents) {
    if (extent.at !== end || extent.length <= 0)
      throw new FormatError('structure', 'an index whose clusters are not in order')
    const isLong = extent.stored > MOST_STORED || extent.length > MOST_LENGTH
    if (isLong && extent.coding !== 'fragment' && extent.coding !== 'hole')
      throw new FormatError('structure', `a cluster of ${extent.stored} bytes for ${extent.length}`)
    end += extent.length
  }
  if (end !== size) throw new FormatError('structure', `an index for ${end} bytes of ${size}`)
  return extents
}

/** An index with an entry for each logical cluster: those that are heads begin an extent. */
function clusteredExtents(volume: Volume, inode: Inode, header: MapHeader): readonly Extent[] {
  const { advice, cluster, clusterBits, tailSize } = header
  const { blockSize } = volume.superblock
  const count = Math.ceil(inode.size / cluster)
  const area = volume.areaOf(inode.number)
  const isBig = (advice & ADVICE.bigFirst) !== 0
  const entries =
    inode.layout === 'full-index'
      ? fullEntries(area, header.at + 2 * HEADER, count)
      : compactEntries(area, header.at + HEADER, count, clusterBits, {
          isBig,
          hasPairs: (advice & ADVICE.first) !== 0,
        })
  const heads = headsOf(entries.list, cluster, inode.size)
  return heads.map(({ entry, index, at }, order): Extent => {
    const next = heads[order + 1]
    const length = (next?.at ?? inode.size) - at
    const isLast = next === undefined
    if (isLast && (advice & ADVICE.fragment) !== 0) {
      const high = inode.layout === 'full-index' ? entry.block * 2 ** 32 : 0
      return { at, length, from: header.fragmentAt + high, stored: 0, coding: 'fragment' }
    }
    const coding = codingOf(entry.type, header)
    if (isLast && tailSize > 0)
      return { at, length, from: entries.end, stored: tailSize, coding, ...boxedWith(inode) }
    const mayBeBig = (advice & (entry.type === 'head' ? ADVICE.bigFirst : ADVICE.bigSecond)) !== 0
    const blocks = mayBeBig ? blocksOf(entries.list[index + 1]) : 1
    return { at, length, from: entry.block * blockSize, stored: blocks * blockSize, coding }
  })
}

interface Head {
  readonly entry: IndexEntry & { readonly type: 'plain' | 'head' | 'second-head' }
  readonly index: number
  readonly at: number
}

function headsOf(entries: readonly IndexEntry[], cluster: number, size: number): readonly Head[] {
  const heads: Head[] = []
  for (const [index, entry] of entries.entries()) {
    if (entry.type === 'rest') continue
    const at = index * cluster + entry.offset
    if (entry.offset >= cluster) throw new FormatError('structure', 'a cluster that begins behind its end')
    if (at < size) heads.push({ entry, index, at })
  }
  return heads
}

/** The entry behind a head tells how many blocks it has, unless that is one. */
function blocksOf(next: IndexEntry | undefined): number {
  if (next?.type !== 'rest') return 1
  if (next.blocks === undefined) throw new FormatError('structure', 'a cluster without its number of blocks')
  return next.blocks
}

function codingOf(type: 'plain' | 'head' | 'second-head', { advice, algorithms }: MapHeader): Coding {
  if (type === 'plain') return (advice & ADVICE.interlaced) !== 0 ? 'interlaced' : 'stored'
  return algorithm(algorithms[type === 'head' ? 0 : 1])
}

function algorithm(number: number): Coding {
  const coding = ALGORITHMS[number]
  if (!coding) throw new FormatError('unsupported', `compression ${number}`)
  return coding
}

/** An index that holds extents, in records of 4, 8, 16 or 32 bytes. */
function recordedExtents(volume: Volume, inode: Inode, header: MapHeader): readonly Extent[] {
  const { advice, cluster } = header
  const { blockSize } = volume.superblock
  const area = volume.areaOf(inode.number)
  const size = 4 << ((advice >>> 1) & 3)
  const isRegular = size <= 8
  const count = isRegular ? Math.ceil(inode.size / cluster) : header.extents
  const start = Math.ceil((header.at + HEADER) / size) * size
  let behind = size === 4 ? area.reader(start, 8).size64() : 0
  const first = start + (size === 4 ? 8 : 0)
  const records = Array.from({ length: boundedCount(area, first, count, size) }, (_, index) => {
    const reader = area.reader(first + index * size, size)
    const word = reader.u32()
    const stored = word & (2 * MOST_STORED - 1)
    let from = behind
    let at = index * cluster
    if (size >= 8) from = reader.u32()
    else behind += stored
    if (size >= 16) {
      from += reader.u32() * 2 ** 32
      at = reader.u32()
    }
    if (size === 32) at += reader.u32() * 2 ** 32
    return { word, stored, from, at }
  })
  return records.map(({ word, stored, from, at }, index): Extent => {
    const length = (records[index + 1]?.at ?? inode.size) - at
    if (index === records.length - 1 && (advice & ADVICE.fragment) !== 0) {
      const high = size > 4 ? (from % 2 ** 32) * 2 ** 32 : 0
      return { at, length, from: word + high, stored: 0, coding: 'fragment' }
    }
    if (stored === 0) return { at, length, from: 0, stored: 0, coding: 'hole' }
    const format = word >>> 28
    const isAligned = from % blockSize === 0 && stored % blockSize === 0
    const plain = (advice & ADVICE.interlaced) !== 0 && isAligned ? 'interlaced' : 'stored'
    return { at, length, from, stored, coding: format === 0 ? plain : algorithm(format - 1) }
  })
}

/** @throws FormatError where so many records cannot be there */
function boundedCount(area: Area, at: number, count: number, size: number): number {
  if (!(at + count * size <= area.size)) throw new FormatError('truncated', `an index of ${count} entries`)
  return count
}
