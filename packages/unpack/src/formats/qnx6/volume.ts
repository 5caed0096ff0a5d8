import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { Allowance } from '../allowance.ts'
import type { InodeVolume } from '../inode-files.ts'
import type { InodeName } from '../inode-tree.ts'
import { copyStretch, typeOfMode } from '../members.ts'
import { Pieces, type Trouble } from '../pieces.ts'
import { quietly } from '../telling.ts'
import { type FileSystem, POINTERS, type Tree } from './superblock.ts'

export const ROOT = 1
const INODE = 128
const ENTRY = 32
const SHORT_NAME = 27
const LONG_NAME = 510
const UNUSED = 0xffff_ffff
const MOST_LEVELS = 5
/** PATH_MAX of QNX. */
const MOST_TARGET = 1024
/** A directory of more bytes is none. */
const MOST_DIRECTORY = 16 * 1024 * 1024

interface Inode extends Tree {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtime: number
}

export class Volume implements InodeVolume {
  readonly root = ROOT
  readonly #bytes: Bytes
  readonly #region: Region
  readonly #system: FileSystem
  readonly #allowance: Allowance

  constructor(bytes: Bytes, region: Region, system: FileSystem, spend?: Sink['spend']) {
    this.#bytes = bytes
    this.#region = region
    this.#system = system
    this.#allowance = new Allowance(region, spend)
  }

  get size(): number {
    return this.#system.size
  }

  get warnings(): readonly string[] {
    return this.#system.hasBoth
      ? []
      : ['the second superblock is not there or damaged: it may have been the newer one']
  }

  sizeOf(inode: number): number {
    return this.#inode(inode).size
  }

  /** Undefined where the inode is not there or not in use. */
  describe(number: number, path: string): EntryMeta | undefined {
    const inode = quietly(() => this.#inode(number))
    const type = inode && inode.mode !== 0 ? typeOfMode(inode.mode) : undefined
    if (!inode || !type) return undefined
    const { mode, uid, gid, mtime } = inode
    const target =
      type === 'symlink' ? (quietly(() => latin1(this.#content(inode, MOST_TARGET))) ?? '') : undefined
    return { path, type, mode: mode & 0o7777, uid, gid, mtime, ...(target !== undefined && { target }) }
  }

  /** Names without the directory itself and the one above. @throws FormatError, BytesError */
  names(number: number): readonly InodeName[] {
    const inode = this.#inode(number)
    if (inode.size > MOST_DIRECTORY) throw new FormatError('structure', 'a directory of over 16 MiB')
    this.#allowance.take(inode.size)
    const reader = new Reader(this.#content(inode, inode.size), this.#endian)
    const found: InodeName[] = []
    while (reader.left >= ENTRY) {
      const entry = new Reader(reader.take(ENTRY), this.#endian)
      const [child, length] = [entry.u32(), entry.u8()]
      if (child === 0 || length === 0) continue
      const name =
        length <= SHORT_NAME
          ? entry.latin1(length)
          : (quietly(() => this.#longName(entry)) ?? `inode-${child}`)
      if (name !== '.' && name !== '..') found.push({ name, inode: child, isDirectory: false })
    }
    return found
  }

  /** Whether a directory begins with its own name. @throws FormatError, BytesError */
  isOwn(number: number): boolean {
    const inode = this.#inode(number)
    if (inode.size < ENTRY) return false
    const entry = new Reader(this.#content(inode, ENTRY), this.#endian)
    return entry.u32() === number && entry.u8() === 1 && entry.latin1(1) === '.'
  }

  pieces(number: number, size: number, trouble: Trouble): Pieces {
    return this.#pieces(this.#inode(number), 0, size, trouble, this.#allowance)
  }

  get #endian() {
    return this.#system.superblock.endian
  }

  #inode(number: number): Inode {
    const { inodes, inodeCount } = this.#system.superblock
    const at = (number - 1) * INODE
    if (number < 1 || number > inodeCount || at + INODE > inodes.size)
      throw new FormatError('structure', `an inode ${number} of ${inodeCount}`)
    const reader = new Reader(this.#stretch(inodes, at, INODE), this.#endian)
    const size = reader.size64()
    const [uid, gid] = [reader.u32(), reader.u32()]
    reader.skip(4)
    const mtime = reader.u32()
    reader.skip(8)
    const mode = reader.u16()
    reader.skip(2)
    const pointers = Array.from({ length: POINTERS }, () => reader.u32())
    const levels = reader.u8()
    if (levels > MOST_LEVELS)
      throw new FormatError('structure', `inode ${number} has ${levels} levels of blocks`)
    return { size, pointers, levels, mode, uid, gid, mtime }
  }

  /** A name with a block of its own: its length and its bytes. */
  #longName(entry: Reader): string {
    entry.skip(3)
    const { blockSize, longNames } = this.#system.superblock
    const at = entry.u32() * blockSize
    if (at + 2 > longNames.size) throw new FormatError('structure', 'a long name that is not there')
    const block = new Reader(
      this.#stretch(longNames, at, Math.min(2 + LONG_NAME, longNames.size - at)),
      this.#endian,
    )
    const length = block.u16()
    if (length > block.left) throw new FormatError('structure', `a name of ${length} bytes`)
    return block.latin1(length)
  }

  #content(inode: Inode, most: number): Uint8Array {
    return this.#stretch(inode, 0, Math.min(inode.size, most), this.#allowance)
  }

  #stretch(tree: Tree, at: number, length: number, allowance?: Allowance): Uint8Array {
    const out = new Uint8Array(length)
    const refuse: Trouble = (code, message) => {
      throw new FormatError(code, message)
    }
    const pieces = this.#pieces(tree, at, length, refuse, allowance)
    for (const { at: place, length: part, from } of pieces.list)
      copyStretch(this.#bytes, from, out.subarray(place, place + part))
    return out
  }

  /** Where the bytes from `at` on lie. @param allowance for what belongs to one inode; all look into the tables of inodes and names */
  #pieces(tree: Tree, at: number, length: number, trouble: Trouble, allowance?: Allowance): Pieces {
    const { blockSize } = this.#system.superblock
    const pieces = new Pieces(this.#region, length, trouble)
    const step = (blockSize / 4) ** tree.levels
    const [first, last] = [Math.floor(at / blockSize), Math.ceil((at + length) / blockSize)]
    if (last > POINTERS * step) {
      trouble('structure', 'it is longer than its blocks can be')
      return pieces
    }
    for (let index = Math.floor(first / step); index * step < last; index++) {
      const place = index * step
      const wanted = { first, last, at, pieces, trouble, allowance }
      if (!this.#walk(tree.pointers[index] as number, tree.levels, place, wanted)) break
    }
    return pieces
  }

  /** False when there is no room for more. */
  #walk(block: number, level: number, logical: number, wanted: Wanted): boolean {
    if (block === UNUSED) return true
    const { superblock, blocksAt } = this.#system
    const { blockSize, blocks, endian } = superblock
    if (block >= blocks) {
      wanted.trouble('structure', 'a block outside of the file system; it is shown as zeros')
      return true
    }
    const from = this.#region.start + blocksAt + block * blockSize
    if (level === 0) {
      const skipped = Math.max(0, wanted.at - logical * blockSize)
      const to = Math.max(0, logical * blockSize - wanted.at)
      return wanted.pieces.add(to, blockSize - skipped, from + skipped)
    }
    if (from + blockSize > this.#region.end) {
      wanted.trouble('truncated', 'the image ends before its list of blocks; the rest is shown as zeros')
      return true
    }
    wanted.allowance?.take(blockSize)
    const step = (blockSize / 4) ** (level - 1)
    const list = new Reader(this.#bytes.view(from, blockSize), endian)
    for (let place = logical; list.left > 0 && place < wanted.last; place += step) {
      const next = list.u32()
      if (place + step > wanted.first && !this.#walk(next, level - 1, place, wanted)) return false
    }
    return true
  }
}

/** Blocks of a file, counted from its start: the first, and the one behind the last. */
interface Wanted {
  readonly first: number
  readonly last: number
  /** Bytes before what is wanted. */
  readonly at: number
  readonly pieces: Pieces
  readonly trouble: Trouble
  readonly allowance: Allowance | undefined
}
