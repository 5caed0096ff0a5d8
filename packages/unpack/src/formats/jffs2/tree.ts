import { type Endian, Reader } from '@messlatte/bytes'
import type { EntryMeta, EntryType, Sink } from '../../contract.ts'
import { lowerBound, sortedIndexes } from '../columns.ts'
import { type InodeMember, type InodeName, listInodes } from '../inode-tree.ts'
import { deviceOfNumber, typeOfMode } from '../members.ts'
import type { Tables } from './tables.ts'

/** Nodes of a file, from the start of the region, by ascending version. */
export interface JffsFile {
  /** Bytes. */
  readonly size: number
  readonly nodes: readonly number[]
}

export type JffsMember = InodeMember<JffsFile>

const ROOT = 1
/** Type of a name that leads to a directory, as in readdir(3). */
const DIRECTORY = 4

/** Lists the tree from its root. */
export function listTree(tables: Tables, problem: Sink['problem']): Iterable<JffsMember> {
  const names = new Names(tables)
  const inodes = new Inodes(tables)
  return listInodes<JffsFile>(
    {
      root: ROOT,
      describe: (inode, path) => inodes.describe(inode, path),
      within: (directory) => names.within(directory),
      content: (inode) => inodes.content(inode),
      parents: () => names.parents(),
    },
    problem,
  )
}

/** Which names are in force: of each one in each directory, the last version. */
class Names {
  readonly #tables: Tables
  readonly #order: Uint32Array

  constructor(tables: Tables) {
    const { parent, name, version } = tables.dirents
    this.#tables = tables
    this.#order = sortedIndexes(
      name.length,
      (a, b) =>
        parent.at(a) - parent.at(b) || compare(name[a], name[b]) || version.at(a) - version.at(b) || a - b,
    )
  }

  within(directory: number): readonly InodeName[] {
    const { parent, name, inode, type } = this.#tables.dirents
    const found: InodeName[] = []
    for (
      let place = lowerBound(this.#order, directory, (index) => parent.at(index));
      place < this.#order.length;
      place++
    ) {
      const index = this.#order[place] as number
      if (parent.at(index) !== directory) break
      const next = this.#order[place + 1]
      const replaced = next !== undefined && parent.at(next) === directory && name[next] === name[index]
      // Inode 0 says that the name was deleted.
      if (!replaced && inode.at(index) !== 0)
        found.push({
          name: name[index] as string,
          inode: inode.at(index),
          isDirectory: type.at(index) === DIRECTORY,
        })
    }
    return found
  }

  *parents(): Generator<number> {
    const { parent } = this.#tables.dirents
    let before = -1
    for (const index of this.#order) {
      const directory = parent.at(index)
      if (directory !== before) yield directory
      before = directory
    }
  }
}

function compare(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1
}

class Inodes {
  readonly #tables: Tables
  readonly #order: Uint32Array
  readonly #changes: ReadonlyMap<number, number>

  constructor(tables: Tables) {
    const { inode, version } = tables.inodes
    this.#tables = tables
    this.#changes = lastNames(tables)
    this.#order = sortedIndexes(
      inode.length,
      (a, b) => inode.at(a) - inode.at(b) || version.at(a) - version.at(b) || a - b,
    )
  }

  /** What the inode is, by the last version of its nodes. */
  describe(inode: number, path: string): EntryMeta | undefined {
    const { inodes, xattrs, endian } = this.#tables
    const last = this.#nodes(inode).at(-1)
    if (last === undefined) return undefined
    const mode = inodes.mode.at(last)
    const type: EntryType = typeOfMode(mode) ?? 'file'
    const inline = inodes.inline.get(last) ?? ''
    const attributes = xattrs.get(inode)
    return {
      path,
      type,
      mode: mode & 0o7777,
      uid: inodes.owner.at(last) & 0xffff,
      gid: inodes.owner.at(last) >>> 16,
      mtime: type === 'directory' ? this.#changed(inode, last) : inodes.mtime.at(last),
      ...(type === 'symlink' ? { target: inline } : {}),
      ...(type === 'character' || type === 'block' ? { device: deviceOf(inline, endian) } : {}),
      ...(attributes ? { xattrs: attributes } : {}),
    }
  }

  content(inode: number): { readonly size: number; readonly nodes: readonly number[] } {
    const { fileSize, at } = this.#tables.inodes
    const nodes = this.#nodes(inode)
    return { size: fileSize.at(nodes.at(-1) as number), nodes: Array.from(nodes, (index) => at.at(index)) }
  }

  /** A name that was added to a directory changes it, without a node of the directory's own. */
  #changed(inode: number, last: number): number {
    const { inodes, dirents } = this.#tables
    const name = this.#changes.get(inode)
    const isLater = name !== undefined && dirents.version.at(name) > inodes.version.at(last)
    return isLater ? dirents.mtime.at(name) : inodes.mtime.at(last)
  }

  /** By ascending version. */
  #nodes(inode: number): Uint32Array {
    const keyOf = (index: number) => this.#tables.inodes.inode.at(index)
    return this.#order.subarray(
      lowerBound(this.#order, inode, keyOf),
      lowerBound(this.#order, inode + 1, keyOf),
    )
  }
}

/** By directory: the name of the highest version that tells a time; Linux leaves it out of names that it moves. */
function lastNames({ dirents }: Tables): ReadonlyMap<number, number> {
  const { parent, version, name } = dirents
  const last = new Map<number, number>()
  for (let index = 0; index < name.length; index++) {
    if (dirents.mtime.at(index) === 0) continue
    const before = last.get(parent.at(index))
    if (before === undefined || version.at(index) >= version.at(before)) last.set(parent.at(index), index)
  }
  return last
}

/** Two bytes are Linux' old device number, four the one of today. */
function deviceOf(data: string, endian: Endian): { readonly major: number; readonly minor: number } {
  const reader = new Reader(Buffer.from(data, 'latin1'), endian)
  if (data.length === 2) {
    const number = reader.u16()
    return { major: number >>> 8, minor: number & 0xff }
  }
  const number = data.length >= 4 ? reader.u32() : 0
  return deviceOfNumber(number)
}
