import { type Endian, Reader } from '@messlatte/bytes'
import type { EntryMeta, EntryType, Sink } from '../../contract.ts'
import { lowerBound, sortedIndexes } from '../columns.ts'
import { typeOfMode } from '../members.ts'
import type { Tables } from './tables.ts'

/** A member; a file has the nodes of its inode, from the start of the region, by ascending version. */
export interface JffsMember {
  readonly meta: EntryMeta
  readonly file?: { readonly size: number; readonly nodes: readonly number[] }
}

const ROOT = 1
/** Type of a name that leads to a directory, as in readdir(3). */
const DIRECTORY = 4
/** No real path is longer; a loop of directories would make them grow for ever. */
const MAX_PATH = 16_384

interface Name {
  readonly name: string
  readonly inode: number
  readonly type: number
}

/** Lists the tree from its root; names that nothing leads to come behind it, below `inode-N`. */
export function* listTree(tables: Tables, problem: Sink['problem']): Generator<JffsMember> {
  const names = new Names(tables)
  const inodes = new Inodes(tables)
  const seen = new Set<number>()
  const firstNames = new Map<number, string>()

  function* members(inode: number, path: string): Generator<JffsMember> {
    const pending = [{ inode, path, type: DIRECTORY }]
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { inode, path } = next
      const found = inodes.describe(inode, path)
      if (!found && inode !== ROOT) problem('structure', 'no valid node of its inode is there', path)
      const type = found?.type ?? (next.type === DIRECTORY ? 'directory' : undefined)
      if (type !== 'directory') {
        if (found) yield member(found, inode)
        continue
      }
      if (seen.has(inode) || path.length > MAX_PATH) {
        problem('loop', 'a directory that was seen before', path)
        continue
      }
      seen.add(inode)
      yield { meta: found ?? { path, type, mode: 0o755, uid: 0, gid: 0 } }
      for (const child of names.within(inode).toReversed()) {
        if (isUnusable(child.name)) problem('name', 'a name that no file may have', path)
        else
          pending.push({
            inode: child.inode,
            type: child.type,
            path: path === '' ? child.name : `${path}/${child.name}`,
          })
      }
    }
  }

  /** Names of one inode: the first one has the content. */
  function member(meta: EntryMeta, inode: number): JffsMember {
    if (meta.type !== 'file') return { meta }
    const first = firstNames.get(inode)
    if (first !== undefined) return { meta: { ...meta, type: 'hardlink', target: first } }
    firstNames.set(inode, meta.path)
    return { meta, file: inodes.content(inode) }
  }

  yield* members(ROOT, '')
  for (const inode of names.parents()) {
    if (seen.has(inode)) continue
    const path = `inode-${inode}`
    problem('structure', 'a directory to which no name leads', path)
    yield* members(inode, path)
  }
}

function isUnusable(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')
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

  within(directory: number): readonly Name[] {
    const { parent, name, inode, type } = this.#tables.dirents
    const found: Name[] = []
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
        found.push({ name: name[index] as string, inode: inode.at(index), type: type.at(index) })
    }
    return found
  }

  /** Directories that have names in force. */
  *parents(): Generator<number> {
    const { parent } = this.#tables.dirents
    let before = -1
    for (const index of this.#order) {
      const directory = parent.at(index)
      if (directory === before) continue
      before = directory
      if (this.within(directory).length > 0) yield directory
    }
  }
}

function compare(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1
}

class Inodes {
  readonly #tables: Tables
  readonly #order: Uint32Array

  constructor(tables: Tables) {
    const { inode, version } = tables.inodes
    this.#tables = tables
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
      mtime: inodes.mtime.at(last),
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

  /** By ascending version. */
  #nodes(inode: number): Uint32Array {
    const keyOf = (index: number) => this.#tables.inodes.inode.at(index)
    return this.#order.subarray(
      lowerBound(this.#order, inode, keyOf),
      lowerBound(this.#order, inode + 1, keyOf),
    )
  }
}

/** Two bytes are Linux' old device number, four the one of today. */
function deviceOf(data: string, endian: Endian): { readonly major: number; readonly minor: number } {
  const reader = new Reader(Buffer.from(data, 'latin1'), endian)
  if (data.length === 2) {
    const number = reader.u16()
    return { major: number >>> 8, minor: number & 0xff }
  }
  const number = data.length >= 4 ? reader.u32() : 0
  return { major: (number >>> 8) & 0xfff, minor: (number & 0xff) | ((number >>> 12) & 0xfff00) }
}
