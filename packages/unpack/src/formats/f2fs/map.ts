import { BytesError, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { Trouble } from '../pieces.ts'
import type { Inode } from './inode.ts'
import { BLOCK } from './superblock.ts'
import type { Volume } from './volume.ts'

/** Addresses of blocks of a file that stand together. */
export interface Table {
  /** First block within the file. */
  readonly first: number
  readonly addresses: readonly number[]
}

/** Instead of an address: nothing, room that was kept for later, and the head of what is compressed. */
export const HOLE = 0
export const KEPT = 0xffff_ffff
export const PACKED = 0xffff_fffe

const PER_NODE = 1018

/** The map of a file, in ascending order and up to its size; each of its nodes counts once. */
export function* tablesOf(volume: Volume, inode: Inode, trouble: Trouble): Generator<Table> {
  const end = Math.ceil(inode.size / BLOCK)
  const { cluster } = inode.compression ?? { cluster: 1 }
  const whole = (count: number) => count - (count % cluster)
  const seen = new Set<number>()

  function* tables(node: number, level: number, first: number): Generator<Table> {
    if (node === 0 || first >= end) return
    const view = nodeOf(node)
    if (!view) return
    if (level === 0)
      return yield { first, addresses: numbersIn(view, Math.min(whole(PER_NODE), end - first)) }
    const step = whole(PER_NODE) * PER_NODE ** (level - 1)
    for (const [index, child] of numbersIn(view, PER_NODE).entries())
      yield* tables(child, level - 1, first + index * step)
  }

  function nodeOf(node: number): Uint8Array | undefined {
    try {
      if (seen.has(node)) throw new FormatError('loop', 'a node of its map that was seen before')
      seen.add(node)
      return volume.node(node, inode.number)
    } catch (error) {
      if (error instanceof FormatError) trouble(error.code, error.message)
      else if (error instanceof BytesError) trouble('truncated', error.message)
      else throw error
      return undefined
    }
  }

  const within = whole(Math.floor(inode.map.length / 4))
  yield { first: 0, addresses: numbersIn(inode.map, Math.min(within, end)) }
  let first = within
  for (const [index, node] of inode.nodes.entries()) {
    const level = index < 2 ? 0 : index < 4 ? 1 : 2
    yield* tables(node, level, first)
    first += whole(PER_NODE) * PER_NODE ** level
  }
}

function numbersIn(view: Uint8Array, count: number): readonly number[] {
  const reader = new Reader(view, 'little')
  return Array.from({ length: count }, () => reader.u32())
}
