import { FormatError } from '../../contract.ts'
import type { Area } from './volume.ts'

/** What an index tells of a logical cluster. */
export type IndexEntry =
  | {
      readonly type: 'plain' | 'head' | 'second-head'
      /** Where an extent begins within the cluster. */
      readonly offset: number
      /** First block of what is stored. */
      readonly block: number
    }
  /** It goes on with the extent before it; the first of them may tell how many blocks are stored. */
  | { readonly type: 'rest'; readonly blocks: number | undefined }

export interface Entries {
  readonly list: readonly IndexEntry[]
  /** Behind the entries: a tail may stand there. */
  readonly end: number
}

const TYPES = ['plain', 'head', 'rest', 'second-head'] as const
const FULL = 8
/** Says that a distance is a number of blocks instead. */
const BLOCKS = 0x800
const REST = 2

/** Eight bytes for each cluster. @throws FormatError, BytesError */
export function fullEntries(area: Area, at: number, count: number): Entries {
  expectThere(area, at, count * FULL)
  const list: IndexEntry[] = []
  for (let i = 0; i < count; i++) {
    const reader = area.reader(at + i * FULL, FULL)
    const type = TYPES[reader.u16() & 3] as (typeof TYPES)[number]
    const offset = reader.u16()
    const block = reader.u32()
    const distance = block & 0xffff
    if (type !== 'rest') list.push({ type, offset, block })
    else list.push({ type, blocks: (distance & BLOCKS) !== 0 ? distance & ~BLOCKS : undefined })
  }
  return { list, end: at + count * FULL }
}

/**
 * Packs of entries of 14 or 16 bits and more, with one block number at the end of each: two entries in 8 bytes up to a
 * multiple of 32, then, where the header says so, sixteen in 32 bytes, then two in 8 again.
 * @throws FormatError, BytesError
 */
export function compactEntries(
  area: Area,
  at: number,
  count: number,
  clusterBits: number,
  { isBig, hasPairs }: { readonly isBig: boolean; readonly hasPairs: boolean },
): Entries {
  if (clusterBits > 14) throw new FormatError('unsupported', `logical clusters of 2^${clusterBits} bytes`)
  expectThere(area, at, count * 2)
  const first = Math.min(count, ((32 - (at % 32)) / 4) & 7)
  const pairs = hasPairs ? Math.floor((count - first) / 16) * 16 : 0
  if (pairs > 0 && clusterBits > 12)
    throw new FormatError('unsupported', `packs of logical clusters of 2^${clusterBits} bytes`)
  const list: IndexEntry[] = []
  let end = at
  while (list.length < count) {
    const isPair = list.length >= first && list.length < first + pairs
    const size = isPair ? 32 : 8
    const pack = area.view(end, size)
    for (const entry of packEntries(pack, isPair ? 16 : 2, clusterBits, isBig))
      if (list.length < count) list.push(entry)
    end += size
  }
  return { list, end }
}

function packEntries(
  pack: Uint8Array,
  count: number,
  clusterBits: number,
  isBig: boolean,
): readonly IndexEntry[] {
  const lowBits = Math.max(clusterBits, 12)
  const bits = ((pack.length - 4) * 8) / count
  const data = new DataView(pack.buffer, pack.byteOffset, pack.length)
  const raw = Array.from({ length: count }, (_, index) => {
    const shifted = data.getUint32((index * bits) >>> 3, true) >>> ((index * bits) & 7)
    return { low: shifted & ((1 << lowBits) - 1), type: (shifted >>> lowBits) & 3 }
  })
  const base = data.getUint32(pack.length - 4, true)
  return raw.map(({ low, type }, index): IndexEntry => {
    const name = TYPES[type] as (typeof TYPES)[number]
    if (name === 'rest') return { type: name, blocks: (low & BLOCKS) !== 0 ? low & ~BLOCKS : undefined }
    const before = isBig ? blocksBefore(raw, index) : headsBefore(raw, index) + 1
    return { type: name, offset: low, block: base + before }
  })
}

interface RawEntry {
  readonly low: number
  readonly type: number
}

/** Each extent that begins in the pack before `index` has one block, and so has the one that reaches into it. */
function headsBefore(raw: readonly RawEntry[], index: number): number {
  let count = 0
  for (let i = index - 1; i >= 0; i--) {
    const { low, type } = raw[i] as RawEntry
    if (type === REST) i -= low
    if (i >= 0) count++
  }
  return count
}

/** Blocks of the extents that begin in the pack before `index`. */
function blocksBefore(raw: readonly RawEntry[], index: number): number {
  let count = 0
  for (let i = index - 1; i >= 0; i--) {
    const { low, type } = raw[i] as RawEntry
    if (type !== REST) {
      count++
    } else if ((low & BLOCKS) !== 0) {
      // The head in front of it has so many blocks.
      count += low & ~BLOCKS
      i--
    } else {
      if (low <= 1) throw new FormatError('structure', 'a pack of an index that is damaged')
      i -= low - 2
    }
  }
  return count
}

/** @throws FormatError */
function expectThere(area: Area, at: number, length: number): void {
  if (!(at + length <= area.size))
    throw new FormatError('truncated', `an index of ${length} bytes is not there`)
}
