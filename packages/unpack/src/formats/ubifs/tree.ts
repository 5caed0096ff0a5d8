import { type Bytes, BytesError, latin1, Reader } from '@messlatte/bytes'
import { type EntryMeta, type EntryType, FormatError, type Region, type Sink } from '../../contract.ts'
import { lowerBound, sortedIndexes } from '../columns.ts'
import { type InodeMember, type InodeName, listInodes } from '../inode-tree.ts'
import { deviceOfNumber, typeOfMode } from '../members.ts'
import type { Leaves } from './blocks.ts'
import type { Found } from './leaves.ts'
import {
  DATA_BLOCK,
  type Inode,
  KEY,
  keyRest,
  keyType,
  MOST_LEAF,
  type Name,
  NODE,
  type Node,
  readInode,
  readName,
  readNode,
  readTruncation,
} from './nodes.ts'

/** A file: its data nodes by ascending block; blocks in between are holes. */
export interface UbifsFile {
  readonly inode: number
  /** Bytes. */
  readonly size: number
  readonly encrypted: boolean
  /** Whether a block that is not there may have been lost. */
  readonly damaged: boolean
  readonly blocks: readonly number[]
  /** Where their nodes lie, from the start of the region. */
  readonly places: readonly number[]
}

export type UbifsMember = InodeMember<UbifsFile>

const ROOT = 1
const DIRECTORY = 1
/** Of one directory: more than any flash holds. */
const MOST_NAMES = 1_000_000
/** Flag of an inode whose content is encrypted. */
const ENCRYPTED = 0x40

/** Lists the tree from its root. */
export function listTree(
  bytes: Bytes,
  region: Region,
  found: Found,
  problem: Sink['problem'],
): Iterable<UbifsMember> {
  const inodes = new Inodes(bytes, region, found, problem)
  return listInodes<UbifsFile>(
    {
      root: ROOT,
      describe: (inode, path) => inodes.describe(inode, path),
      within: (directory, path) => inodes.within(directory, path),
      content: (inode) => inodes.content(inode),
      parents: () => inodes.parents(),
    },
    problem,
  )
}

/** Takes away what was written before it, from `size` bytes on. */
interface Cut {
  readonly index: number
  readonly size: number
}

class Inodes {
  readonly #bytes: Bytes
  readonly #region: Region
  readonly #damaged: boolean
  readonly #problem: Sink['problem']
  readonly #leaves: Leaves
  /** By inode and key; of equal keys, the last one counts. */
  readonly #order: Uint32Array

  constructor(bytes: Bytes, region: Region, { leaves, damaged }: Found, problem: Sink['problem']) {
    this.#bytes = bytes
    this.#region = region
    this.#damaged = damaged
    this.#problem = problem
    this.#leaves = leaves
    const { inode, low } = leaves
    this.#order = sortedIndexes(
      leaves.length,
      (a, b) => inode.at(a) - inode.at(b) || low.at(a) - low.at(b) || a - b,
    )
  }

  describe(number: number, path: string): EntryMeta | undefined {
    const inode = this.#inode(number)
    if (!inode) return undefined
    const type: EntryType = typeOfMode(inode.mode) ?? 'file'
    const xattrs = this.#attributes(number, path)
    return {
      path,
      type,
      mode: inode.mode & 0o7777,
      uid: inode.uid,
      gid: inode.gid,
      mtime: inode.mtime,
      ...(type === 'symlink' ? { target: latin1(inode.data) } : {}),
      ...(type === 'character' || type === 'block' ? { device: deviceOf(inode.data) } : {}),
      ...(xattrs ? { xattrs } : {}),
    }
  }

  within(directory: number, path: string): readonly InodeName[] {
    const encrypted = ((this.#inode(directory)?.flags ?? 0) & ENCRYPTED) !== 0
    return this.#names(directory, KEY.name, path).map(({ name, inode, type }) => ({
      // Its bytes are arbitrary ones.
      name: encrypted ? `encrypted-${Buffer.from(name, 'latin1').toString('hex')}` : name,
      inode,
      isDirectory: type === DIRECTORY,
    }))
  }

  *parents(): Generator<number> {
    let before = -1
    for (const index of this.#order) {
      const directory = this.#leaves.inode.at(index)
      if (directory === before || keyType(this.#leaves.low.at(index)) !== KEY.name) continue
      before = directory
      yield directory
    }
  }

  content(number: number): UbifsFile {
    const inode = this.#inode(number) as Inode
    const cuts = this.#cuts(number)
    const order = Uint32Array.from(cuts, (_, at) => at)
    const blocks: number[] = []
    const places: number[] = []
    for (const index of this.#last(number, KEY.data)) {
      const block = keyRest(this.#leaves.low.at(index))
      // Of the later ones, the first cuts most.
      const cut = cuts[lowerBound(order, index + 1, (at) => (cuts[at] as Cut).index)]
      if (cut && block * DATA_BLOCK >= cut.size) continue
      blocks.push(block)
      places.push(this.#leaves.place(index))
    }
    return {
      inode: number,
      size: inode.size,
      encrypted: (inode.flags & ENCRYPTED) !== 0,
      damaged: this.#damaged,
      blocks,
      places,
    }
  }

  /** Truncations in their order, without those that a later one makes superfluous because it cuts more. */
  #cuts(number: number): readonly Cut[] {
    const cuts: Cut[] = []
    for (const index of this.#of(number, KEY.truncation)) {
      const node = this.#node(index, NODE.truncation)
      if (!node) continue
      const { size } = readTruncation(node)
      while ((cuts.at(-1)?.size ?? -1) >= size) cuts.pop()
      cuts.push({ index, size })
    }
    return cuts
  }

  #inode(number: number): Inode | undefined {
    for (const index of this.#last(number, KEY.inode)) {
      const node = this.#node(index, NODE.inode)
      return node && tried(() => readInode(node))
    }
    return undefined
  }

  #attributes(number: number, path: string): Readonly<Record<string, string>> | undefined {
    const names = this.#names(number, KEY.attribute, path)
    if (names.length === 0) return undefined
    return Object.fromEntries(
      names.map(({ name, inode }) => [name, Buffer.from(this.#inode(inode)?.data ?? []).toString('hex')]),
    )
  }

  /** Names in force. Names with one hash share a key; 0 deletes the one name only. */
  #names(number: number, type: number, path: string): readonly Name[] {
    const found = new Map<string, Name>()
    let lost = 0
    for (const index of this.#of(number, type)) {
      const node = this.#node(index, type === KEY.name ? NODE.name : NODE.attribute)
      const name = node && tried(() => readName(node))
      if (!name || found.size === MOST_NAMES) lost++
      else if (name.inode === 0) found.delete(name.name)
      else found.set(name.name, name)
    }
    if (lost > 0) this.#problem('structure', `${lost} names are not there, damaged or too many`, path)
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** The node of a leaf, if it is of that type. */
  #node(index: number, type: number): Node | undefined {
    const node = readNode(this.#bytes, this.#region.start + this.#leaves.place(index), MOST_LEAF)
    return node?.type === type ? node : undefined
  }

  /** Leaves of one inode and type. */
  #of(number: number, type: number): Uint32Array {
    const { inode, low } = this.#leaves
    const keyed = (index: number) => inode.at(index) * 8 + keyType(low.at(index))
    const wanted = number * 8 + type
    return this.#order.subarray(
      lowerBound(this.#order, wanted, keyed),
      lowerBound(this.#order, wanted + 1, keyed),
    )
  }

  /** The one leaf of each key that counts. */
  *#last(number: number, type: number): Generator<number> {
    const { low } = this.#leaves
    const all = this.#of(number, type)
    for (const [at, index] of all.entries()) {
      const next = all[at + 1]
      if (next === undefined || low.at(next) !== low.at(index)) yield index
    }
  }
}

/** Four or eight bytes, of which Linux uses four. */
function deviceOf(data: Uint8Array): { readonly major: number; readonly minor: number } {
  const number = data.length >= 4 ? new Reader(data, 'little').u32() : 0
  return deviceOfNumber(number)
}

function tried<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof BytesError || error instanceof FormatError) return undefined
    throw error
  }
}
