import { BytesError, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { Trouble } from '../pieces.ts'
import type { Fork } from './inode.ts'
import { isSound } from './superblock.ts'
import { u16At, u32At, u64At, type Volume } from './volume.ts'

/** Blocks of a file that lie one behind the other; what no run covers is a hole. */
export interface Run {
  /** First block within the file. */
  readonly logical: number
  /** First block within the file system. */
  readonly physical: number
  readonly length: number
}

const RECORD = 16
const MAGIC = { old: 0x424d_4150, new: 0x424d_4133 } as const
const HEADER = { old: 24, new: 72 } as const
const OWNER_AT = 56
const CRC_AT = 64
const DEEPEST = 9

/** Where the blocks of a fork lie, ascending; what is reserved and not written is a hole. */
export function* runsOf(volume: Volume, inode: number, fork: Fork, trouble: Trouble): Generator<Run> {
  if (fork.kind === 'extents') {
    const count = Math.min(fork.count, Math.floor(fork.data.length / RECORD))
    if (count < fork.count) trouble('structure', `${fork.count} extents are more than fit`)
    yield* ordered(recordsIn(fork.data, 0, count), trouble)
  } else if (fork.kind === 'tree') yield* ordered(tree(volume, inode, fork.data, trouble), trouble)
}

function* ordered(runs: Iterable<Run>, trouble: Trouble): Generator<Run> {
  let next = 0
  for (const run of runs) {
    if (run.logical < next) trouble('structure', 'extents that are not in order')
    else {
      next = run.logical + run.length
      yield run
    }
  }
}

/** 1 bit for what is not written, 54 for the place in the file, 52 for the one in the file system, 21 for the length. */
function* recordsIn(view: Uint8Array, from: number, count: number): Generator<Run> {
  const reader = new Reader(view, 'big', from)
  for (let i = 0; i < count; i++) {
    const [high, low] = [reader.u64(), reader.u64()]
    const isUnwritten = high >> 63n !== 0n
    const length = Number(low & 0x1f_ffffn)
    if (isUnwritten || length === 0) continue
    yield {
      logical: Number((high & 0x7fff_ffff_ffff_ffffn) >> 9n),
      physical: Number(((high & 0x1ffn) << 43n) | (low >> 21n)),
      length,
    }
  }
}

function* tree(volume: Volume, inode: number, root: Uint8Array, trouble: Trouble): Generator<Run> {
  const seen = new Set<number>()
  const level = u16At(root, 0)
  if (level < 1 || level > DEEPEST) return trouble('structure', `a tree of extents with ${level} levels`)
  yield* children(root, 4, u16At(root, 2), level)

  function* children(view: Uint8Array, header: number, count: number, above: number): Generator<Run> {
    const most = Math.floor((view.length - header) / RECORD)
    for (let i = 0; i < Math.min(count, most); i++) {
      const block = u64At(view, header + most * 8 + i * 8)
      const child = attempt(trouble, () => node(block, above - 1))
      if (!child) continue
      const { header: size, view: below } = child
      const records = u16At(below, 6)
      if (above > 1) yield* children(below, size, records, above - 1)
      else yield* recordsIn(below, size, Math.min(records, Math.floor((below.length - size) / RECORD)))
    }
  }

  function node(block: number, expected: number): { readonly header: number; readonly view: Uint8Array } {
    if (seen.has(block)) throw new FormatError('loop', 'a node of extents that was seen before')
    seen.add(block)
    const view = volume.block(block)
    const isNew = volume.superblock.version === 5
    const isIt = u32At(view, 0) === (isNew ? MAGIC.new : MAGIC.old) && u16At(view, 4) === expected
    if (!isIt || (isNew && u64At(view, OWNER_AT) !== inode))
      throw new FormatError('structure', 'a node of extents that is none, or of another inode')
    if (isNew && !isSound(view, CRC_AT)) trouble('checksum', 'the checksum of a node of extents differs')
    return { header: isNew ? HEADER.new : HEADER.old, view }
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
