import type { Bytes } from '@messlatte/bytes'
import type { Region, Sink } from '../../contract.ts'
import { ALIGNMENT, Leaves, Written, walkNodes } from './blocks.ts'
import {
  type Master,
  NODE,
  type Node,
  readCommit,
  readIndex,
  readMaster,
  readNode,
  readReference,
  type Superblock,
} from './nodes.ts'

/** Blocks of the two copies of the master node; the log follows. */
const MASTERS = [1, 2]
const LOG = 3
/** Bytes of a master node that are read. */
const MASTER = 60
/** Of a node's group. */
const MORE_FOLLOW = 1

/** All nodes that may count, and whether some of those are gone that the index would have led to. */
export interface Found {
  readonly leaves: Leaves
  readonly damaged: boolean
}

/** Reads the index, and what the journal has that is newer. Where the index is damaged, all blocks are searched. */
export function findLeaves(
  bytes: Bytes,
  region: Region,
  superblock: Superblock,
  problem: Sink['problem'],
): Found {
  const master = findMaster(bytes, region, superblock)
  const index = new Leaves()
  let damaged = !master
  if (!master) problem('structure', 'there is no valid master node')
  else damaged = !walkIndex(bytes, region, superblock, master, index, problem)
  const journal = master ? readJournal(bytes, region, superblock, master).leaves() : new Leaves()
  if (!damaged) {
    index.append(journal)
    return { leaves: index, damaged }
  }
  problem(
    'structure',
    'all blocks are searched for what the index does not lead to; deleted files may come back',
  )
  const written = new Written()
  for (let block = 0; block < superblock.blocks; block++) {
    const { start, end } = blockAt(region, superblock, block)
    if (start >= region.end) break
    walkNodes(bytes, start, Math.min(end, region.end), (node) => written.add(region, node))
  }
  const leaves = written.leaves()
  leaves.append(index)
  leaves.append(journal)
  return { leaves, damaged }
}

function blockAt({ start }: Region, { blockSize }: Superblock, block: number): Region {
  return { start: start + block * blockSize, end: start + (block + 1) * blockSize }
}

/** The newest one of both copies. */
function findMaster(bytes: Bytes, region: Region, superblock: Superblock): Master | undefined {
  let newest: Node | undefined
  for (const block of MASTERS) {
    const { start, end } = blockAt(region, superblock, block)
    walkNodes(bytes, start, end, (node) => {
      const better = node.sequence > (newest?.sequence ?? -1)
      if (node.type === NODE.master && node.content.length >= MASTER && better) newest = node
    })
  }
  return newest && readMaster(newest)
}

/** Collects what the index leads to. False when a part of it is not there or damaged. */
function walkIndex(
  bytes: Bytes,
  region: Region,
  { blockSize }: Superblock,
  { root }: Master,
  leaves: Leaves,
  problem: Sink['problem'],
): boolean {
  const seen = new Set<number>()
  const pending: { readonly block: number; readonly offset: number; readonly level?: number }[] = [root]
  let lost = 0
  for (let next = pending.pop(); next; next = pending.pop()) {
    const at = region.start + next.block * blockSize + next.offset
    if (seen.has(at)) {
      problem('loop', 'two parts of the index are the same one')
      lost++
      continue
    }
    seen.add(at)
    const node = at < region.end ? readNode(bytes, at) : undefined
    const index = node?.type === NODE.index && node.content.length >= 28 ? readIndex(node) : undefined
    if (!index || (next.level !== undefined && index.level !== next.level)) {
      lost++
      continue
    }
    for (const branch of index.branches.toReversed()) {
      const { block, offset } = branch
      if (index.level > 0) pending.push({ block, offset, level: index.level - 1 })
      else if (offset % ALIGNMENT === 0) leaves.push(branch, block * blockSize + offset)
    }
  }
  if (lost > 0) problem('structure', `${lost} nodes of the index are not there or damaged`)
  return lost === 0
}

/** What was written since the last commit: the log names the blocks where it lies. */
function readJournal(bytes: Bytes, region: Region, superblock: Superblock, master: Master): Written {
  const references: Node[] = []
  let committed = Number.POSITIVE_INFINITY
  for (let block = LOG; block < LOG + superblock.logBlocks; block++) {
    const { start, end } = blockAt(region, superblock, block)
    if (start >= region.end) break
    walkNodes(bytes, start, Math.min(end, region.end), (node) => {
      if (node.type === NODE.reference && node.content.length >= 32) references.push(node)
      if (node.type === NODE.commit && node.content.length >= 32 && readCommit(node) === master.commit)
        committed = node.sequence
    })
  }
  /** Blocks may be named again by a commit that was not finished. */
  const blocks = new Map<number, number>()
  for (const node of references) {
    if (node.sequence <= committed) continue
    const { block, offset } = readReference(node)
    blocks.set(block, Math.min(offset, blocks.get(block) ?? offset))
  }
  const written = new Written()
  for (const [block, offset] of blocks) {
    const { start, end } = blockAt(region, superblock, block)
    let group: Node[] = []
    walkNodes(bytes, start + offset, Math.min(end, region.end), (node) => {
      group.push(node)
      if (node.group === MORE_FOLLOW) return
      for (const one of group) written.add(region, one)
      group = []
    })
    // What is left was torn apart by a power cut: Linux drops it, too.
  }
  return written
}
