import { BytesError, cString, Reader } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../../contract.ts'
import { FormatError } from '../../contract.ts'
import type { InodeMember, InodeName } from '../inode-tree.ts'
import { listInodes } from '../inode-tree.ts'
import { typeOfMode } from '../members.ts'
import { parseExtent } from './extents.ts'
import { unpack } from './unpack.ts'
import { type Item, type Root, rootOf, TYPE, type Volume } from './volume.ts'

/** A file: its tree, its number there, and what the tree says of it. */
export interface BtrfsFile {
  readonly tree: Root
  readonly inode: number
  /** Bytes. */
  readonly size: number
  /** True where its contents have no checksums. */
  readonly isUnsummed: boolean
}

export type BtrfsMember = InodeMember<BtrfsFile>

const ROOT_TREE = { files: 5, first: 256 } as const
/** The directory that each tree of files begins with. */
const TOP = 256
const DIRECTORY = 2
const NO_SUMS = 0x1
/** In front of a name: its place in the directory, and its length. */
const REFERENCE = 10
/** More are not listed: their names would fill the memory. */
const MOST_INODES = 2_000_000
const MOST_SUBVOLUMES = 1000
/** Of all subvolumes: snapshots share what tells of their files, so that it is read once for each of them. */
const MOST_ITEMS = 16_000_000
/** A name or an attribute takes as much memory as so many items take time. */
const ITEMS_PER_NAME = 4
/** Linux takes no longer target. */
const MOST_TARGET = 4096

interface Known {
  readonly tree: Root
  readonly inode: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly mtime: number
  readonly device: number
  readonly flags: number
  readonly xattrs: [string, string][]
  readonly names: InodeName[]
  target: string | undefined
}

interface Subvolume {
  readonly number: number
  readonly root: Root
}

/** Reads each tree of files once, in the order of its keys; snapshots are directories like others. */
export function listSubvolumes(volume: Volume, problem: Sink['problem']): Iterable<BtrfsMember> {
  const listing = new Listing(volume, problem)
  return listInodes<BtrfsFile>(
    {
      root: listing.numberOf(ROOT_TREE.files, TOP),
      describe: (inode, path) => listing.describe(inode, path),
      within: (inode) => listing.known.get(inode)?.names ?? [],
      content: (inode) => listing.content(inode),
      parents: () => listing.parents(),
    },
    problem,
  )
}

class Listing {
  readonly known = new Map<number, Known>()
  readonly #volume: Volume
  readonly #problem: Sink['problem']
  /** Numbers of our own, because each tree counts its inodes anew. */
  readonly #numbers = new Map<string, number>()
  /** Subvolumes that have a name, by the tree with the name and their own; else what leads to one is a stub. */
  readonly #referred = new Set<string>()
  readonly #told = new Set<number>()
  /** Directories in snapshots that stand where a subvolume was. */
  readonly #stubs = new Set<number>()
  #items = 0

  constructor(volume: Volume, problem: Sink['problem']) {
    this.#volume = volume
    this.#problem = problem
    const subvolumes = this.#subvolumes()
    for (const subvolume of subvolumes) this.#scan(subvolume)
    if (this.#told.size > 0) for (const subvolume of subvolumes) this.#recover(subvolume)
  }

  readonly tell = (error: FormatError | BytesError, address: number): void => {
    if (this.#told.has(address)) return
    this.#told.add(address)
    this.#problem(error instanceof FormatError ? error.code : 'truncated', error.message)
  }

  numberOf(tree: number, inode: number): number {
    const key = `${tree}:${inode}`
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1
    this.#numbers.set(key, number)
    return number
  }

  describe(number: number, path: string): EntryMeta | undefined {
    if (this.#stubs.has(number)) return { path, type: 'directory' }
    const inode = this.known.get(number)
    const type = inode && inode.mode !== 0 ? typeOfMode(inode.mode) : undefined
    if (!inode || !type) return undefined
    const { mode, uid, gid, mtime, device, target, xattrs } = inode
    return {
      path,
      type,
      mode: mode & 0o7777,
      uid,
      gid,
      mtime,
      ...(type === 'symlink' && target !== undefined ? { target } : {}),
      ...(type === 'character' || type === 'block' ? { device: deviceOf(device) } : {}),
      ...(xattrs.length > 0 ? { xattrs: Object.fromEntries(xattrs) } : {}),
    }
  }

  content(number: number): BtrfsFile {
    const { tree, inode, size, flags } = this.known.get(number) as Known
    return { tree, inode, size, isUnsummed: (flags & NO_SUMS) !== 0 }
  }

  *parents(): Generator<number> {
    for (const [number, { names }] of this.known) if (names.length > 0) yield number
  }

  #subvolumes(): readonly Subvolume[] {
    const { root, rootLevel } = this.#volume.superblock
    const found = new Map<number, Subvolume>()
    const addresses = new Set<number>()
    for (const item of this.#volume.items({ address: root, level: rootLevel }, this.tell)) {
      const { object, type, offset, data } = item
      const isFiles = object === ROOT_TREE.files || (object >= ROOT_TREE.first && Number.isFinite(object))
      if (type === TYPE.rootRef) this.#referred.add(`${object}:${offset}`)
      const start = type === TYPE.root && isFiles ? rootOf(item) : undefined
      if (!start || addresses.has(start.address)) continue
      const isGone = new Reader(data, 'little', 216).u32() === 0
      if (isGone) continue
      addresses.add(start.address)
      found.set(object, { number: object, root: start })
    }
    if (found.size > MOST_SUBVOLUMES)
      this.#problem('unsupported', `over ${MOST_SUBVOLUMES} subvolumes: the others are left out`)
    return [...found.values()].slice(0, MOST_SUBVOLUMES)
  }

  #scan({ number: tree, root }: Subvolume): void {
    for (const item of this.#volume.items(root, this.tell)) {
      if (!this.#mayTake()) return
      if (this.known.size >= MOST_INODES) {
        this.#problem('unsupported', `over ${MOST_INODES} inodes: the others are left out`)
        return
      }
      try {
        this.#take(tree, root, item)
      } catch (error) {
        if (!(error instanceof BytesError)) throw error
        this.#problem('structure', `an item of inode ${item.object} is damaged`)
      }
    }
  }

  /** False when there were too many items, which is told once. */
  #mayTake(): boolean {
    if (this.#items === Number.POSITIVE_INFINITY) return false
    if (++this.#items <= MOST_ITEMS) return true
    this.#problem('unsupported', `over ${MOST_ITEMS} items of subvolumes: the others are left out`)
    this.#items = Number.POSITIVE_INFINITY
    return false
  }

  /** Where nodes are lost, inodes tell under which names they should stand. */
  #recover({ number: tree, root }: Subvolume): void {
    const names = new Map<number, Set<string>>()
    for (const { object, type, offset, data } of this.#volume.items(root, this.tell)) {
      if (!this.#mayTake()) return
      if (type !== TYPE.inodeRef || object === offset) continue
      const number = this.numberOf(tree, offset)
      const parent = this.known.get(number) ?? lostDirectory(root, offset)
      if (this.known.size >= MOST_INODES) return
      this.known.set(number, parent)
      const known = names.get(number) ?? new Set(parent.names.map(({ name }) => name))
      names.set(number, known)
      for (const name of namesOf(data)) {
        if (known.has(name)) continue
        known.add(name)
        const inode = this.numberOf(tree, object)
        const isDirectory = typeOfMode(this.known.get(inode)?.mode ?? 0) === 'directory'
        parent.names.push({ name, inode, isDirectory })
      }
    }
  }

  #take(tree: number, root: Root, item: Item): void {
    const { object, type, data } = item
    if (type === TYPE.inode) {
      this.known.set(this.numberOf(tree, object), inodeOf(root, item))
      return
    }
    const inode = this.known.get(this.numberOf(tree, object))
    if (!inode) return
    const before = inode.xattrs.length + inode.names.length
    if (type === TYPE.xattr) inode.xattrs.push(...attributesIn(data))
    else if (type === TYPE.name) inode.names.push(...this.#namesIn(tree, data))
    else if (type === TYPE.extent && inode.target === undefined && typeOfMode(inode.mode) === 'symlink')
      inode.target = this.#targetIn(item)
    this.#items += ITEMS_PER_NAME * (inode.xattrs.length + inode.names.length - before)
  }

  *#namesIn(tree: number, data: Uint8Array): Generator<InodeName> {
    for (const { object, type, name, kind } of entriesIn(data)) {
      if (type === TYPE.inode)
        yield { name, inode: this.numberOf(tree, object), isDirectory: kind === DIRECTORY }
      else if (type === TYPE.root) {
        const inode = this.#referred.has(`${tree}:${object}`)
          ? this.numberOf(object, TOP)
          : this.numberOf(tree, -object)
        if (!this.#referred.has(`${tree}:${object}`)) this.#stubs.add(inode)
        yield { name, inode, isDirectory: true }
      }
    }
  }

  #targetIn(item: Item): string | undefined {
    const extent = parseExtent(item)
    if (!extent?.inline || extent.length > MOST_TARGET) return undefined
    try {
      const { sectorSize } = this.#volume.superblock
      const { compression, inline, unpacked } = extent
      return cString(compression === 0 ? inline : unpack(compression, inline, unpacked, sectorSize))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.#problem('structure', `the target of inode ${item.object} cannot be unpacked`)
      return undefined
    }
  }
}

function inodeOf(tree: Root, { object, data }: Item): Known {
  const reader = new Reader(data, 'little', 16)
  const size = reader.size64()
  const owner = new Reader(data, 'little', 44)
  const [uid, gid, mode, device] = [owner.u32(), owner.u32(), owner.u32(), owner.size64()]
  return {
    tree,
    inode: object,
    mode,
    uid,
    gid,
    size,
    device,
    flags: owner.u32(),
    mtime: Number(BigInt.asIntN(64, new Reader(data, 'little', 136).u64())),
    xattrs: [],
    names: [],
    target: undefined,
  }
}

/** A directory of which nothing is left but what should stand in it. */
function lostDirectory(tree: Root, inode: number): Known {
  const nothing = { uid: 0, gid: 0, size: 0, device: 0, flags: 0, mtime: 0, target: undefined }
  return { tree, inode, mode: 0o040755, ...nothing, xattrs: [], names: [] }
}

/** Names of an inode in one directory, as far as they are whole. */
function* namesOf(data: Uint8Array): Generator<string> {
  const reader = new Reader(data, 'little')
  while (reader.left >= REFERENCE) {
    reader.skip(8)
    const length = reader.u16()
    if (length > reader.left) return
    yield reader.latin1(length)
  }
}

interface Entry {
  readonly object: number
  readonly type: number
  readonly kind: number
  readonly name: string
  readonly value: Uint8Array
}

/** Names, or attributes with their values: a key, and what follows it. @throws BytesError */
function* entriesIn(data: Uint8Array): Generator<Entry> {
  const reader = new Reader(data, 'little')
  while (reader.left > 0) {
    const [object, type] = [reader.size64(), reader.u8()]
    reader.skip(16)
    const [valueLength, nameLength, kind] = [reader.u16(), reader.u16(), reader.u8()]
    yield { object, type, kind, name: reader.latin1(nameLength), value: reader.take(valueLength) }
  }
}

function attributesIn(data: Uint8Array): readonly [string, string][] {
  return [...entriesIn(data)].map(({ name, value }) => [name, Buffer.from(value).toString('hex')])
}

/** As Linux counts within itself: twenty bits for the minor number. */
function deviceOf(device: number): { readonly major: number; readonly minor: number } {
  return { major: Math.floor(device / 2 ** 20), minor: device % 2 ** 20 }
}
