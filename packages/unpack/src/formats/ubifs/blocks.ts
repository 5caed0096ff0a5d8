import type { Bytes } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { Column, sortedIndexes } from '../columns.ts'
import {
  HEADER,
  KEY,
  type Key,
  keyLow,
  keyOf,
  MAGIC,
  NODE,
  type Node,
  nodeLength,
  readNode,
  readTruncation,
} from './nodes.ts'

/** Nodes begin at multiples of it, in bytes. */
export const ALIGNMENT = 8

/** Bytes in which the next node is looked for: mostly it is right there. */
const FIRST_WINDOW = 64
const MOST_WINDOW = 64 * 1024
/** How often a byte may be looked at in vain, so that damaged lengths cost linear time. */
const VAIN = 4
const MAGIC_BYTES = Buffer.from(MAGIC, 'latin1')

/** Shows all valid nodes of a stretch, which lies within one erase block. */
export function walkNodes(bytes: Bytes, from: number, to: number, show: (node: Node) => void): void {
  const end = Math.min(to, bytes.size)
  let left = (end - from) * VAIN
  for (let at = nextMagic(bytes, from, from, end); at !== undefined; at = nextMagic(bytes, from, at, end)) {
    const length = nodeLength(bytes, at) ?? ALIGNMENT
    const node = at + length <= end ? readNode(bytes, at) : undefined
    if (node) show(node)
    else left -= length
    at += node || left < 0 ? Math.ceil(length / ALIGNMENT) * ALIGNMENT : ALIGNMENT
  }
}

/** The next place at which a node may begin, from `at` on. */
function nextMagic(bytes: Bytes, from: number, at: number, end: number): number | undefined {
  let size = FIRST_WINDOW
  for (let start = at; start + HEADER <= end; ) {
    const view = bytes.view(start, Math.min(size, end - start))
    size = Math.min(size * 4, MOST_WINDOW)
    const window = Buffer.from(view.buffer, view.byteOffset, view.length)
    for (let found = window.indexOf(MAGIC_BYTES); found >= 0; found = window.indexOf(MAGIC_BYTES, found + 1))
      if ((start + found - from) % ALIGNMENT === 0) return start + found
    start += Math.max(ALIGNMENT, Math.floor((window.length - MAGIC_BYTES.length) / ALIGNMENT) * ALIGNMENT)
  }
  return undefined
}

/** Where nodes lie and what they belong to, in the order in which they count: later ones replace earlier ones. */
export class Leaves {
  readonly inode = new Column()
  readonly low = new Column()
  /** From the start of the region, in units of ALIGNMENT: file systems may be larger than 4 GiB. */
  readonly #place = new Column()

  get length(): number {
    return this.inode.length
  }

  push({ inode, low }: Key, place: number): void {
    this.inode.push(inode)
    this.low.push(low)
    this.#place.push(place / ALIGNMENT)
  }

  /** Bytes from the start of the region. */
  place(index: number): number {
    return this.#place.at(index) * ALIGNMENT
  }

  append(other: Leaves): void {
    for (let index = 0; index < other.length; index++) this.copy(other, index)
  }

  copy(other: Leaves, index: number): void {
    this.push({ inode: other.inode.at(index), low: other.low.at(index) }, other.place(index))
  }
}

/** Nodes that were found by walking through blocks; they count in the order in which they were written. */
export class Written {
  readonly #leaves = new Leaves()
  readonly #sequenceHigh = new Column()
  readonly #sequenceLow = new Column()

  add({ start }: Region, node: Node): void {
    const key = leafKey(node)
    if (!key) return
    this.#leaves.push(key, node.at - start)
    this.#sequenceHigh.push(Math.floor(node.sequence / 2 ** 32))
    this.#sequenceLow.push(node.sequence)
  }

  leaves(): Leaves {
    const [high, low] = [this.#sequenceHigh, this.#sequenceLow]
    const order = sortedIndexes(
      this.#leaves.length,
      (a, b) => high.at(a) - high.at(b) || low.at(a) - low.at(b) || a - b,
    )
    const leaves = new Leaves()
    for (const index of order) leaves.copy(this.#leaves, index)
    return leaves
  }
}

/** What a node that the index may lead to belongs to; undefined for all others. */
function leafKey(node: Node): Key | undefined {
  switch (node.type) {
    case NODE.inode:
    case NODE.data:
    case NODE.name:
    case NODE.attribute:
      return node.content.length >= HEADER + 8 ? keyOf(node) : undefined
    case NODE.truncation:
      return node.content.length >= HEADER + 32
        ? { inode: readTruncation(node).inode, low: keyLow(KEY.truncation) }
        : undefined
    default:
      return undefined
  }
}
