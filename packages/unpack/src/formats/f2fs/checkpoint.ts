import { type Bytes, BytesError, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { f2fsSum } from './sum.ts'
import { BLOCK, PER_SEGMENT, type Superblock } from './superblock.ts'

/** A checkpoint pack as far as it says where nodes lie. */
export interface Checkpoint {
  readonly version: bigint
  readonly flags: number
  /** Which of the two copies of each block of the table of nodes counts. */
  readonly natBitmap: Uint8Array
  /** Nodes whose place is newer than what the table says: their blocks. */
  readonly journal: ReadonlyMap<number, number>
  /** Whether it ends as it begins: one that was being written when the power failed does not. */
  readonly whole: boolean
}

export const CHECKPOINT = { unmounted: 0x1, compactSummaries: 0x4, error: 0x10, fastboot: 0x20 } as const
const LARGE_NAT_BITMAP = 0x400
const BITMAPS_AT = 192
/** Of a summary block: behind 512 entries of 7 bytes, the journal. */
const JOURNAL_AT = 3584
const JOURNAL_ENTRY = 13
const MOST_JOURNAL = 38
/** Summaries that stand at the end of a pack: three of data, and three of nodes when it was unmounted. */
const SUMMARIES = { data: 3, all: 6 } as const

/** The newest of the two packs that holds; undefined where neither begins as one. */
export function readCheckpoint(bytes: Bytes, region: Region, superblock: Superblock): Checkpoint | undefined {
  const packs = [0, PER_SEGMENT]
    .map((offset) => readPack(bytes, region, superblock, superblock.checkpointAt + offset))
    .filter((pack) => pack !== undefined)
  return packs.toSorted((a, b) => Number(b.whole) - Number(a.whole) || (b.version > a.version ? 1 : -1))[0]
}

function readPack(
  bytes: Bytes,
  region: Region,
  { payload, natSegments }: Superblock,
  first: number,
): Checkpoint | undefined {
  const at = region.start + first * BLOCK
  if (at + (1 + payload) * BLOCK > region.end) return undefined
  const view = bytes.view(at, (1 + payload) * BLOCK)
  const version = versionOf(view)
  if (version === undefined) return undefined
  const reader = new Reader(view, 'little', 132)
  const [flags, count, startSummary] = [reader.u32(), reader.u32(), reader.u32()]
  const sizes = new Reader(view, 'little', 156)
  const [sitSize, natSize] = [sizes.u32(), sizes.u32()]
  const large = (flags & LARGE_NAT_BITMAP) !== 0
  const natAt = BITMAPS_AT + (large ? 4 : payload > 0 ? 0 : sitSize)
  if (natSize < ((natSegments / 2) * PER_SEGMENT) / 8 || natAt + natSize > view.length) return undefined
  const lastAt = at + (count - 1) * BLOCK
  const isThere = count > 1 + payload && count <= PER_SEGMENT && lastAt + BLOCK <= region.end
  const journalAt = (flags & CHECKPOINT.compactSummaries) !== 0 ? at + startSummary * BLOCK : undefined
  const summaries =
    (flags & (CHECKPOINT.unmounted | CHECKPOINT.fastboot)) !== 0 ? SUMMARIES.all : SUMMARIES.data
  return {
    version,
    flags,
    natBitmap: view.subarray(natAt, natAt + natSize),
    journal: readJournal(bytes, journalAt ?? at + (count - 1 - summaries) * BLOCK + JOURNAL_AT),
    whole: isThere && versionOf(bytes.view(lastAt, BLOCK)) === version,
  }
}

/** The version of a pack's first or last block; undefined where its checksum is not right. */
function versionOf(view: Uint8Array): bigint | undefined {
  const sumAt = new Reader(view, 'little', 164).u32()
  if (sumAt < BITMAPS_AT || sumAt > BLOCK - 4) return undefined
  // Where large bitmaps follow the sum, it counts them too.
  const behind = sumAt < BLOCK - 4 ? view.subarray(sumAt + 4, BLOCK) : new Uint8Array()
  const sum = f2fsSum(behind, f2fsSum(view.subarray(0, sumAt)))
  const isSound = sum === new Reader(view, 'little', sumAt).u32()
  return isSound ? new Reader(view, 'little').u64() : undefined
}

function readJournal(bytes: Bytes, at: number): ReadonlyMap<number, number> {
  const journal = new Map<number, number>()
  try {
    const reader = new Reader(bytes.view(at, 2 + MOST_JOURNAL * JOURNAL_ENTRY), 'little')
    for (let left = Math.min(reader.u16(), MOST_JOURNAL); left > 0; left--) {
      const node = reader.u32()
      reader.skip(5)
      journal.set(node, reader.u32())
    }
  } catch (error) {
    if (!(error instanceof BytesError)) throw error
  }
  return journal
}
