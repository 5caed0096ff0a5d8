import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import type { InodeVolume } from '../inode-files.ts'
import type { InodeName } from '../inode-tree.ts'
import { deviceOfNumber, typeOfMode } from '../members.ts'
import { Pieces, type Trouble } from '../pieces.ts'
import { quietly } from '../telling.ts'
import type { Superblock } from './superblock.ts'
import { type Item, type Key, Tree } from './tree.ts'

const ROOT: Key = { directory: 1, object: 2, offset: 0 }
const ENTRY = 16
const VISIBLE = 4
const MOST_TARGET = 4096
const MOST_NAMES = 1_000_000
/** A stat item as a number: the block of its leaf, and its place in there. */
const PER_LEAF = 4096

interface Stat {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  readonly mtime: number
  readonly device: number
}

export class Volume implements InodeVolume {
  readonly root: number
  readonly size: number
  readonly warnings: readonly string[]
  readonly #region: Region
  readonly #blockSize: number
  readonly #tree: Tree

  /** @throws FormatError, BytesError where its root cannot be told */
  constructor(bytes: Bytes, region: Region, superblock: Superblock, spend?: Sink['spend']) {
    const { blocks, blockSize, isClean } = superblock
    this.#region = region
    this.#blockSize = blockSize
    this.#tree = new Tree(bytes, region, superblock, spend)
    this.size = blocks * blockSize
    this.warnings = isClean ? [] : ['it was not unmounted: what its journal holds is not put in']
    this.root = this.#numberOf(ROOT)
  }

  #numberOf(key: Key): number {
    const item = this.#tree.from({ ...key, offset: 0 }).next().value as Item | undefined
    if (item?.kind !== 'stat' || item.key.object !== key.object || item.key.directory !== key.directory)
      throw new FormatError('structure', `no object ${key.object}`)
    return item.place.block * PER_LEAF + item.place.index
  }

  #item(inode: number): Item {
    return this.#tree.at({ block: Math.floor(inode / PER_LEAF), index: inode % PER_LEAF })
  }

  /** Items of an object behind its stat item. */
  *#body({ directory, object }: Key): Generator<Item> {
    for (const item of this.#tree.from({ directory, object, offset: 1 })) {
      if (item.key.object !== object || item.key.directory !== directory) return
      yield item
    }
  }

  /** @throws FormatError, BytesError */
  sizeOf(inode: number): number {
    return statOf(this.#item(inode)).size
  }

  /** Undefined where it is not there. */
  describe(inode: number, path: string): EntryMeta | undefined {
    const item = quietly(() => this.#item(inode))
    const stat = item && quietly(() => statOf(item))
    const type = stat && typeOfMode(stat.mode)
    if (!type) return undefined
    const { mode, uid, gid, mtime, device } = stat
    return {
      path,
      type,
      mode: mode & 0o7777,
      uid,
      gid,
      mtime,
      ...(type === 'symlink' && { target: quietly(() => this.#target(item, stat.size)) ?? '' }),
      ...((type === 'character' || type === 'block') && {
        device: deviceOfNumber(device),
      }),
    }
  }

  /** What fills an item up is no part of it. */
  #target({ key }: Item, size: number): string {
    const parts = [...this.#body(key)].filter(({ kind }) => kind === 'direct').map(({ view }) => latin1(view))
    return parts.join('').slice(0, Math.min(size, MOST_TARGET))
  }

  /** Names without the directory itself and the one above. @throws FormatError, BytesError */
  names(inode: number): readonly InodeName[] {
    const found: InodeName[] = []
    for (const item of this.#body(this.#item(inode).key)) {
      if (item.kind !== 'names') continue
      for (const { name, directory, object } of entriesOf(item)) {
        if (name === '.' || name === '..') continue
        if (found.length >= MOST_NAMES) throw new FormatError('unsupported', `over ${MOST_NAMES} names`)
        const number = quietly(() => this.#numberOf({ directory, object, offset: 0 }))
        // A place that no leaf has: it is told that its inode is not there.
        found.push({ name, inode: number ?? -1, isDirectory: false })
      }
    }
    return found
  }

  /** Where a file lies: in blocks, and its tail within a leaf. @throws FormatError, BytesError */
  pieces(inode: number, size: number, trouble: Trouble): Pieces {
    const pieces = new Pieces(this.#region, size, trouble)
    for (const item of this.#body(this.#item(inode).key)) {
      const at = item.key.offset - 1
      if (at >= size) break
      if (item.kind === 'direct') pieces.add(at, item.view.length, item.at)
      if (item.kind === 'indirect') this.#addBlocks(pieces, item, at)
    }
    return pieces
  }

  #addBlocks(pieces: Pieces, { view }: Item, start: number): void {
    const reader = new Reader(view, 'little')
    for (let at = start; reader.left >= 4; at += this.#blockSize) {
      const block = reader.u32()
      if (block === 0) continue
      if (!pieces.add(at, this.#blockSize, this.#region.start + block * this.#blockSize)) return
    }
  }
}

/** Of two lengths: version 3.5 has owners of 16 bits and sizes of 32. @throws FormatError, BytesError */
function statOf({ view, kind }: Item): Stat {
  if (kind !== 'stat') throw new FormatError('structure', 'no stat item')
  const reader = new Reader(view, 'little')
  const mode = reader.u16()
  reader.skip(2)
  if (view.length < 44) {
    const [uid, gid, size] = [reader.u16(), reader.u16(), reader.u32()]
    reader.skip(4)
    const mtime = reader.u32()
    reader.skip(4)
    return { mode, uid, gid, size, mtime, device: reader.u32() }
  }
  reader.skip(4)
  const [size, uid, gid] = [reader.size64(), reader.u32(), reader.u32()]
  reader.skip(4)
  const mtime = reader.u32()
  reader.at = 40
  return { mode, uid, gid, size, mtime, device: reader.u32() }
}

/** Heads in their order, names from the end on, each up to the one before it or to a NUL. */
function* entriesOf({ view, count }: Item) {
  let end = view.length
  for (let index = 0; index < count; index++) {
    const reader = new Reader(view, 'little', index * ENTRY + 4)
    const [directory, object, from, state] = [reader.u32(), reader.u32(), reader.u16(), reader.u16()]
    if (from > end || from < count * ENTRY) throw new FormatError('structure', 'a name that lies elsewhere')
    const name = latin1(view.subarray(from, end)).split('\0', 1)[0] as string
    end = from
    if ((state & VISIBLE) !== 0) yield { name, directory, object }
  }
}
