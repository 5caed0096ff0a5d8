import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { runOf } from './superblock.ts'
import type { Volume } from './volume.ts'

/** Blocks of a file, and where they lie. */
export interface FileRun {
  /** Block of the file. */
  readonly logical: number
  readonly block: number
  readonly count: number
}

const LEAF = 2
/** The head of a page takes the room of two entries. */
const [FIRST, ENTRY] = [2, 16]
const PAGE = 4096
/** Set where blocks are reserved and were never written. */
const UNWRITTEN = 0x08
const MOST_LEVELS = 8
const MOST_PAGES = 100_000

/** The extents of the tree whose root is `root`, in ascending order. @throws FormatError, BytesError */
export function* fileRuns(volume: Volume, root: Uint8Array): Generator<FileRun> {
  const pages = { left: MOST_PAGES }
  yield* runsIn(volume, root, 0, pages)
}

function* runsIn(
  volume: Volume,
  page: Uint8Array,
  level: number,
  pages: { left: number },
): Generator<FileRun> {
  const head = new Reader(page, 'little', 16)
  const flags = head.u8()
  head.skip(1)
  const next = head.u16()
  if (level > MOST_LEVELS || next < FIRST || next * ENTRY > page.length || pages.left-- <= 0)
    throw new FormatError('structure', 'a page of extents that cannot be one')
  for (let index = FIRST; index < next; index++) {
    const reader = new Reader(page, 'little', index * ENTRY)
    const kind = reader.u8()
    reader.skip(2)
    const logical = reader.u8() * 2 ** 32 + reader.u32()
    const { block, count } = runOf(reader)
    if ((flags & LEAF) === 0) yield* runsIn(volume, volume.blocks(block, PAGE), level + 1, pages)
    else if ((kind & UNWRITTEN) === 0) yield { logical, block, count }
  }
}
