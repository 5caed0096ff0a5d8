import { latin1, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { copyStretch } from '../members.ts'
import { Pieces } from '../pieces.ts'
import type { FileEntry } from './entry.ts'
import type { Extent, PartitionMap } from './layout.ts'
import { tagAt } from './tags.ts'
import type { Volume } from './volume.ts'

/** Blocks of the disc that follow on each other. */
export interface Run {
  readonly block: number
  readonly count: number
}

/** Blocks of a partition as blocks of the disc. */
export interface Partition {
  /** What of `count` blocks from `block` on is there. */
  runs(block: number, count: number): Iterable<Run>
}

/** Bytes of a table of addresses. */
const MOST_TABLE = 64 * 1024 * 1024
const VIRTUAL_FILE = '*UDF Virtual Alloc Tbl'
/** Of the table that UDF 1.50 has: a name and the place of the one before. */
const OLD_TAIL = 36
const SPARING = '*UDF Sparing Table'
/** From here on stand marks, not blocks. */
const UNUSED = 0xffff_fff0

/** @throws FormatError, BytesError */
export function partitionOf(map: PartitionMap, volume: Volume): Partition {
  const extent = volume.layout.partitions.get(map.number) as Extent
  const plain = plainPartition(extent, volume.blockSize)
  switch (map.kind) {
    case 'plain':
      return plain
    case 'virtual':
      return virtualPartition(volume, plain, extent)
    case 'spared':
      return sparedPartition(volume, plain, map.packet, map.tables)
    case 'metadata':
      return metadataPartition(volume, plain, [map.file, map.mirror])
  }
}

function plainPartition({ block: first, length }: Extent, blockSize: number): Partition {
  const blocks = Math.floor(length / blockSize)
  return {
    *runs(block, count) {
      const there = Math.min(count, blocks - block)
      if (there > 0) yield { block: first + block, count: there }
    },
  }
}

/** Discs that are written once have a table at their end that says where each block was written last. */
function virtualPartition(volume: Volume, plain: Partition, { block: first, length }: Extent): Partition {
  const table = virtualTable(volume, first, Math.floor(length / volume.blockSize))
  return {
    *runs(block, count) {
      for (let next = block; next < block + count && next < table.length; next++) {
        const place = table[next] as number
        if (place < UNUSED) yield* plain.runs(place, 1)
      }
    },
  }
}

/** It is the file whose entry is the last block that was written: what comes behind that is empty. */
function virtualTable(volume: Volume, first: number, blocks: number): Uint32Array {
  for (let block = first + blocks - 1; block >= first; block--) {
    const at = volume.placeOf(block)
    if (at + volume.blockSize > volume.bytes.size || volume.bytes.view(at, 2)[0] === 0) continue
    if (!tagAt(volume.bytes, at)) continue
    return tableIn(contentOf(volume, volume.entryAt(at), at, first))
  }
  throw new FormatError('structure', 'no table of virtual blocks')
}

function tableIn(content: Uint8Array): Uint32Array {
  const isOld = latin1(content.subarray(content.length - OLD_TAIL)).includes(VIRTUAL_FILE)
  const from = isOld ? 0 : new Reader(content, 'little').u16()
  const reader = new Reader(
    content.subarray(from, isOld ? content.length - OLD_TAIL : content.length),
    'little',
  )
  return Uint32Array.from({ length: reader.left >>> 2 }, () => reader.u32())
}

/** What could not be written where it belongs lies in packets elsewhere. */
function sparedPartition(
  volume: Volume,
  plain: Partition,
  packet: number,
  tables: readonly number[],
): Partition {
  const moved = tables.map((block) => movedPackets(volume, block)).find((found) => found.size > 0)
  if (!moved) return plain
  return {
    *runs(block, count) {
      for (let next = block; next < block + count; ) {
        const within = next % packet
        const part = Math.min(packet - within, block + count - next)
        const elsewhere = moved.get(next - within)
        if (elsewhere === undefined) yield* plain.runs(next, part)
        else yield { block: elsewhere + within, count: part }
        next += part
      }
    },
  }
}

function movedPackets(volume: Volume, block: number): ReadonlyMap<number, number> {
  const at = volume.placeOf(block)
  const head = new Reader(volume.bytes.view(at, 56), 'little', 17)
  const moved = new Map<number, number>()
  if (head.latin1(SPARING.length) !== SPARING) return moved
  head.at = 48
  const entries = new Reader(volume.bytes.view(at + 56, 8 * head.u16()), 'little')
  while (entries.left >= 8) {
    const [from, to] = [entries.u32(), entries.u32()]
    if (from < UNUSED) moved.set(from, to)
  }
  return moved
}

/** All that is not content lies in a file of its own, whose copy counts where it cannot be read. */
function metadataPartition(volume: Volume, plain: Partition, files: readonly number[]): Partition {
  for (const file of files) {
    for (const { block } of plain.runs(file, 1)) {
      try {
        const entry = volume.entryAt(volume.placeOf(block))
        return filePartition(extentsOf(entry), plain, volume.blockSize)
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
      }
    }
  }
  throw new FormatError('structure', 'no file of metadata')
}

function filePartition(extents: readonly Extent[], plain: Partition, blockSize: number): Partition {
  return {
    *runs(block, count) {
      let from = 0
      for (const extent of extents) {
        const blocks = Math.ceil(extent.length / blockSize)
        const skip = Math.max(0, block - from)
        const part = Math.min(blocks, block + count - from) - skip
        if (part > 0) yield* plain.runs(extent.block + skip, part)
        from += blocks
      }
    },
  }
}

/** Of a file of the volume's own, whose descriptors are short ones. */
function extentsOf({ extents, where }: FileEntry): readonly Extent[] {
  if (extents !== 'short') throw new FormatError('unsupported', 'a table in extents of another kind')
  const reader = new Reader(where, 'little')
  const found: Extent[] = []
  while (reader.left >= 8) {
    const length = reader.u32() & 0x3fff_ffff
    const block = reader.u32()
    if (length > 0) found.push({ block, length })
  }
  return found
}

function contentOf(volume: Volume, entry: FileEntry, at: number, first: number): Uint8Array {
  if (entry.size > MOST_TABLE) throw new FormatError('structure', 'a table of over 64 MiB')
  if (entry.extents === 'inside') return entry.where
  const pieces = new Pieces(volume.region, entry.size, () => {})
  let done = 0
  for (const { block, length } of extentsOf(entry)) {
    pieces.add(done, length, volume.placeOf(first + block))
    done += length
  }
  if (pieces.list.length === 0) throw new FormatError('structure', `an empty table at ${at}`)
  const out = new Uint8Array(entry.size)
  for (const piece of pieces.list)
    copyStretch(volume.bytes, piece.from, out.subarray(piece.at, piece.at + piece.length))
  return out
}
