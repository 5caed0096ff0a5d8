import { latin1 } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'
import type { InodeName } from '../inode-tree.ts'
import type { Trouble } from './blocks.ts'
import { FLAG, type Inode } from './inode.ts'
import { u16At, u32At, type Volume } from './volume.ts'

const HEAD = 8
const DIRECTORY = 2
/** A last record without inode and name holds the block's checksum. */
const TAIL = { size: 12, type: 0xde } as const
/** Bytes of an entry of a hash tree: the hash and its block; in the first one, how many fit and how many there are. */
const TREE_ENTRY = 8
/** The root of a hash tree: the records of the directory itself and its parent, then what the tree is, then its entries. */
const ROOT_OF_TREE = { self: 12, info: 24, entries: 32 } as const

/** Names in one block of a directory; the nodes of a hash tree look like a record without an inode. */
export function* namesIn(volume: Volume, view: Uint8Array, trouble: Trouble): Generator<InodeName> {
  for (let at = 0; at + HEAD <= view.length; ) {
    const inode = u32At(view, at)
    const length = recordLength(u16At(view, at + 4), view.length)
    const nameLength = view[at + 6] as number
    if (length < HEAD || length % 4 !== 0 || at + length > view.length || HEAD + nameLength > length) {
      // Behind the names that fit into an inode nothing has to stand.
      if (inode !== 0 || length !== 0) trouble('structure', 'a record of a directory that does not fit')
      return
    }
    if (inode !== 0 && nameLength > 0) {
      const name = latin1(view.subarray(at + HEAD, at + HEAD + nameLength))
      if (name !== '.' && name !== '..')
        yield { name, inode, isDirectory: volume.hasFileTypes && view[at + 7] === DIRECTORY }
    }
    at += length
  }
}

/** Whether the checksum of a block of a directory is right, of names or of a hash tree; true where there is none. */
export function isSoundBlock(volume: Volume, inode: Inode, view: Uint8Array): boolean {
  if (!volume.hasChecksums) return true
  const entries = (inode.flags & FLAG.index) !== 0 ? treeEntriesAt(view) : undefined
  if (entries !== undefined) return isSoundNode(inode, view, entries)
  const at = view.length - TAIL.size
  const hasTail = u32At(view, at) === 0 && u16At(view, at + 4) === TAIL.size && view[at + 7] === TAIL.type
  return !hasTail || crc32c(view.subarray(0, at), inode.seed) === u32At(view, at + 8)
}

/**
 * Where the entries of a node of a hash tree begin, with how many fit and how many there are; undefined in a block of names.
 * The kernel leaves the tail of the names in the block that it makes the root of a tree.
 */
function treeEntriesAt(view: Uint8Array): number | undefined {
  const first = recordLength(u16At(view, 4), view.length)
  if (first === view.length) return u32At(view, 0) === 0 ? HEAD : undefined
  const isRoot =
    first === ROOT_OF_TREE.self &&
    recordLength(u16At(view, ROOT_OF_TREE.self + 4), view.length) === view.length - ROOT_OF_TREE.self &&
    u32At(view, ROOT_OF_TREE.info) === 0 &&
    view[ROOT_OF_TREE.info + 5] === ROOT_OF_TREE.entries - ROOT_OF_TREE.info
  return isRoot ? ROOT_OF_TREE.entries : undefined
}

/** The checksum is over what is in use, and four bytes behind all entries that fit; it takes the place of four zeros. */
function isSoundNode({ seed }: Inode, view: Uint8Array, entries: number): boolean {
  const fit = entries + u16At(view, entries) * TREE_ENTRY
  const used = entries + u16At(view, entries + 2) * TREE_ENTRY
  if (used > fit || fit + TREE_ENTRY > view.length) return false
  const sum = crc32c(view.subarray(fit, fit + 4), crc32c(view.subarray(0, used), seed))
  return crc32c(new Uint8Array(4), sum) === u32At(view, fit + 4)
}

/** 64 KiB do not fit into 16 bits: such a record is 0 or 65535 long. */
function recordLength(stored: number, blockSize: number): number {
  return blockSize === 65_536 && (stored === 0 || stored === 65_535) ? blockSize : stored
}
