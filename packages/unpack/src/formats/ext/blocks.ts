import { BytesError } from '@messlatte/bytes'
import { FormatError, type FormatErrorCode } from '../../contract.ts'
import { crc32c } from '../crc32c.ts'
import { FLAG, type Inode } from './inode.ts'
import { u16At, u32At, type Volume } from './volume.ts'

/** Blocks of a file that lie one behind the other; what no run covers is a hole. */
export interface Run {
  /** First block within the file. */
  readonly logical: number
  /** First block within the file system. */
  readonly physical: number
  readonly length: number
}

/** Told of what is wrong with a part of the map; the rest still counts. */
export type Trouble = (code: FormatErrorCode, message: string) => void

const EXTENT_MAGIC = 0xf30a
const DEEPEST = 5
/** Beyond this length an extent is reserved, but not written: it reads as zeros. */
const WRITTEN = 32_768
const DIRECT = 12
/** A file in more pieces than any is. */
const MOST_RUNS = 1_000_000

/** Where the blocks of a file lie, ascending, up to its size, or up to `size` bytes. */
export function runsOf(
  volume: Volume,
  inode: Inode,
  trouble: Trouble,
  size: number = inode.size,
): readonly Run[] {
  const end = Math.ceil(size / volume.superblock.blockSize)
  const found =
    (inode.flags & FLAG.extents) !== 0
      ? extents(volume, inode, trouble, inode.map, { from: 0 }, DEEPEST + 1)
      : pointers(volume, inode, end, trouble)
  const runs: Run[] = []
  let last: Run | undefined
  for (const run of found) {
    if (run.logical >= end) break
    const length = Math.min(run.length, end - run.logical)
    if (last && last.logical + last.length === run.logical && last.physical + last.length === run.physical) {
      last = { ...last, length: last.length + length }
      runs[runs.length - 1] = last
      continue
    }
    if (runs.length >= MOST_RUNS) {
      trouble('unsupported', `over ${MOST_RUNS} pieces; the rest is shown as zeros`)
      break
    }
    last = { ...run, length }
    runs.push(last)
  }
  return runs
}

/** A node of the tree of extents; `level` is one more than the most depth that it may have. */
function* extents(
  volume: Volume,
  inode: Inode,
  trouble: Trouble,
  node: Uint8Array,
  place: { from: number },
  level: number,
): Generator<Run> {
  const [entries, most, depth] = [u16At(node, 2), u16At(node, 4), u16At(node, 6)]
  const isRoot = level > DEEPEST
  if (u16At(node, 0) !== EXTENT_MAGIC || entries > most || 12 + 12 * most > node.length || depth >= level)
    return trouble('structure', 'a node of extents that is none')
  if (!isRoot && depth !== level - 1) return trouble('structure', 'a node of extents of the wrong depth')
  if (!isRoot && volume.hasChecksums) {
    const tail = 12 + 12 * most
    if (tail + 4 <= node.length && crc32c(node.subarray(0, tail), inode.seed) !== u32At(node, tail))
      trouble('checksum', 'the checksum of a node of extents differs')
  }
  for (let at = 12; at < 12 + 12 * entries; at += 12) {
    const logical = u32At(node, at)
    // Ascending, as they have to be, they cannot come twice.
    if (logical < place.from) {
      trouble('structure', 'extents that are not in order')
      continue
    }
    if (depth > 0) {
      const child = attempt(trouble, () => volume.block(u32At(node, at + 4) + u16At(node, at + 8) * 2 ** 32))
      if (child) yield* extents(volume, inode, trouble, child, place, depth)
      continue
    }
    const length = u16At(node, at + 4)
    const physical = u32At(node, at + 8) + u16At(node, at + 6) * 2 ** 32
    place.from = logical + (length > WRITTEN ? length - WRITTEN : length)
    if (length > 0 && length <= WRITTEN) yield { logical, physical, length }
  }
}

/** The map of ext2 and ext3: twelve blocks, and up to three levels of blocks of numbers. */
function* pointers(volume: Volume, { map }: Inode, end: number, trouble: Trouble): Generator<Run> {
  yield* numbers(map.subarray(0, 4 * DIRECT), 0)
  const perBlock = volume.superblock.blockSize / 4
  let logical = DIRECT
  for (let level = 1; level <= 3 && logical < end; level++) {
    yield* indirect(volume, u32At(map, 4 * (DIRECT + level - 1)), level, logical, end, trouble)
    logical += perBlock ** level
  }
}

function* indirect(
  volume: Volume,
  block: number,
  level: number,
  logical: number,
  end: number,
  trouble: Trouble,
): Generator<Run> {
  const view = block === 0 ? undefined : attempt(trouble, () => volume.block(block))
  if (!view) return
  if (level === 1) return yield* numbers(view, logical)
  const perChild = (view.length / 4) ** (level - 1)
  for (let i = 0; i * 4 < view.length && logical + i * perChild < end; i++) {
    yield* indirect(volume, u32At(view, i * 4), level - 1, logical + i * perChild, end, trouble)
  }
}

function* numbers(view: Uint8Array, logical: number): Generator<Run> {
  for (let at = 0; at < view.length; at += 4) {
    const physical = u32At(view, at)
    if (physical !== 0) yield { logical: logical + at / 4, physical, length: 1 }
  }
}

function attempt<T>(trouble: Trouble, action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof FormatError) trouble(error.code, error.message)
    else if (error instanceof BytesError) trouble('truncated', error.message)
    else throw error
    return undefined
  }
}
