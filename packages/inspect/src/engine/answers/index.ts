import { type Bytes, memoryBytes, sliceBytes } from '@messlatte/bytes'
import { type AnswerData, type Ask, type HashTreeAsk, MAX_ASKED_BYTES } from '../../contract.ts'
import { digestsOf } from './digests.ts'
import { guessOf } from './guesses.ts'
import { treeOf } from './hash-tree.ts'
import { treeLayout } from './tree-layout.ts'
import type { Work } from './work.ts'

/** A stored tree that another thread holds, on its way to the one that holds the data. */
export interface TreeCopy {
  readonly kind: 'tree-copy'
  readonly ask: HashTreeAsk
}

/** What the reduce phase sends to a thread. */
export interface Question {
  readonly ask: Ask | TreeCopy
  /** The stored tree, where it does not lie in the thread that is asked. */
  readonly tree?: SharedArrayBuffer
}

/** Bytes of a tree that go from one thread to another: that of 8 GiB of data. */
const MOST_COPIED = 64 * 1024 * 1024

/** Answers out of what this thread has pinned; undefined where it has not, or where the ranges lie outside. */
export function answerOf(
  { ask, tree }: Question,
  pinned: ReadonlyMap<string, Bytes>,
  work: Work,
): AnswerData | SharedArrayBuffer | undefined {
  if (ask.kind === 'tree-copy') return treeCopy(ask.ask, pinned, work)
  const bytes = pinned.get(ask.path)
  if (!bytes) return undefined
  switch (ask.kind) {
    case undefined:
      return digestsOf(bytes, ask, work)
    case 'bytes':
      return asked(bytes, ask.offset, ask.length, work)
    case 'guess':
      return guessOf(ask)
    case 'hash-tree': {
      const stored = tree ? memoryBytes(new Uint8Array(tree)) : storedTree(ask, pinned)
      return treeOf(bytes, ask, stored, work)
    }
  }
}

function asked(bytes: Bytes, offset: number, length: number, work: Work): string | undefined {
  if (!(offset >= 0 && length >= 0 && length <= MAX_ASKED_BYTES && offset + length <= bytes.size))
    return undefined
  work.addBytes(length)
  return Buffer.from(bytes.view(offset, length)).toString('base64')
}

/** The tree in the artefact that the ask names; undefined where it names none, or where that ends too early. */
function storedTree(ask: HashTreeAsk, pinned: ReadonlyMap<string, Bytes>): Bytes | undefined {
  const holder = ask.tree && pinned.get(ask.tree.path)
  const layout = treeLayout(ask)
  if (!ask.tree || !holder || !layout) return undefined
  const size = layout.treeBlocks * ask.hashBlock
  const { offset } = ask.tree
  return offset >= 0 && offset + size <= holder.size ? sliceBytes(holder, offset, size) : undefined
}

function treeCopy(
  ask: HashTreeAsk,
  pinned: ReadonlyMap<string, Bytes>,
  work: Work,
): SharedArrayBuffer | undefined {
  const stored = storedTree(ask, pinned)
  if (!stored || stored.size > MOST_COPIED) return undefined
  work.addBytes(stored.size)
  const copy = new SharedArrayBuffer(stored.size)
  stored.copy(0, new Uint8Array(copy))
  return copy
}
