import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Region } from '../../contract.ts'
import type { InodeVolume } from '../inode-files.ts'
import type { InodeName } from '../inode-tree.ts'
import { copyStretch, typeOfMode } from '../members.ts'
import { Pieces, type Trouble } from '../pieces.ts'
import { quietly } from '../telling.ts'
import {
  BLOCK,
  ENTRY,
  type Inode,
  LINK,
  parseInode,
  type Run,
  SHORT_NAME,
  type System,
  USED,
} from './superblock.ts'

const PER_BLOCK = BLOCK / ENTRY
/** Inodes are numbered by their place: the root is the first one of the second block. */
const ROOT = PER_BLOCK
/** Of the name of a link. */
const NAME = 48
/** Of a longer name, behind six bytes of a block of its own. */
const LONG_NAME_AT = 6
/** Runs in a block of them. */
const MOST_RUNS = 60
const SIGNATURE = 'IamXblk'
const MOST_TARGET = 1024

export class Volume implements InodeVolume {
  readonly root = ROOT
  readonly warnings: readonly string[] = []
  readonly #bytes: Bytes
  readonly #region: Region
  readonly #system: System
  /** Blocks that directories may still have: all of them together are no longer than the file system. */
  #listable: number

  constructor(bytes: Bytes, region: Region, system: System) {
    this.#bytes = bytes
    this.#region = region
    this.#system = system
    this.#listable = Math.ceil((region.end - region.start) / BLOCK)
  }

  get size(): number {
    return this.#system.least * BLOCK
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
    const target = type === 'symlink' ? (quietly(() => this.#target(inode)) ?? '') : undefined
    return { path, type, mode: mode & 0o7777, uid, gid, mtime, ...(target !== undefined && { target }) }
  }

  /** Names without the directory itself and the one above. @throws FormatError, BytesError */
  names(number: number): readonly InodeName[] {
    const directory = this.#inode(number)
    const blocks = Math.ceil(directory.size / BLOCK)
    if (blocks > this.#listable)
      throw new FormatError('structure', 'directories that are longer than the file system')
    this.#listable -= blocks
    const found: InodeName[] = []
    for (const { length, from } of this.#piecesOf(directory, directory.size, refuse).list) {
      const view = new Uint8Array(length)
      copyStretch(this.#bytes, from, view)
      for (let place = 0; place + ENTRY <= length; place += ENTRY) {
        const inode = (from + place - this.#region.start) / ENTRY
        const name = this.#nameIn(view.subarray(place, place + ENTRY), inode)
        if (name && name.name !== '.' && name.name !== '..') found.push(name)
      }
    }
    return found
  }

  pieces(number: number, size: number, trouble: Trouble): Pieces {
    return this.#piecesOf(this.#inode(number), size, trouble)
  }

  /** @param place the number of the inode that the entry is, where it is no link */
  #nameIn(entry: Uint8Array, place: number): InodeName | undefined {
    const status = entry[ENTRY - 1] as number
    if (entry[0] === 0 || (status & (USED | LINK)) === 0) return undefined
    if ((status & LINK) === 0)
      return { name: textOf(entry.subarray(0, SHORT_NAME)), inode: place, isDirectory: false }
    const reader = new Reader(entry, 'little', NAME)
    const inode = (reader.u32() - 1) * PER_BLOCK + reader.u8()
    const longName = reader.u32()
    const name =
      (longName > 2 ? quietly(() => this.#longName(longName)) : undefined) || textOf(entry.subarray(0, NAME))
    return { name, inode, isDirectory: false }
  }

  /** @throws BytesError, FormatError */
  #longName(block: number): string {
    return textOf(this.#block(block).subarray(LONG_NAME_AT))
  }

  /** @param block counted from 1 @throws BytesError, FormatError */
  #block(block: number): Uint8Array {
    const at = this.#region.start + (block - 1) * BLOCK
    if (block < 1 || block > this.#system.blocks)
      throw new FormatError('structure', 'a block outside of the file system')
    return this.#bytes.view(at, BLOCK)
  }

  /** @throws FormatError, BytesError */
  #inode(number: number): Inode {
    const block = Math.floor(number / PER_BLOCK) + 1
    const place = (number % PER_BLOCK) * ENTRY
    if (number < ROOT || block > this.#system.blocks)
      throw new FormatError('structure', `inode ${number} is none`)
    const inode = parseInode(this.#block(block).subarray(place, place + ENTRY))
    if ((inode.status & LINK) !== 0) throw new FormatError('structure', `inode ${number} is none`)
    return inode
  }

  #target(inode: Inode): string {
    const out = new Uint8Array(Math.min(inode.size, MOST_TARGET))
    for (const { at, length, from } of this.#piecesOf(inode, out.length, refuse).list)
      copyStretch(this.#bytes, from, out.subarray(at, at + length))
    return latin1(out)
  }

  #piecesOf(inode: Inode, size: number, trouble: Trouble): Pieces {
    const pieces = new Pieces(this.#region, size, trouble)
    let at = 0
    for (const { block, blocks } of this.#runs(inode, size, trouble)) {
      if (block < 1 || block - 1 + blocks > this.#system.blocks)
        trouble('structure', 'a block outside of the file system; it is shown as zeros')
      else if (!pieces.add(at, blocks * BLOCK, this.#region.start + (block - 1) * BLOCK)) break
      at += blocks * BLOCK
    }
    if (at < size) trouble('structure', 'its extents end before it does; the rest is shown as zeros')
    return pieces
  }

  /** As many as the size needs. None is empty, so that a list is never longer than the content is worth. */
  *#runs(inode: Inode, size: number, trouble: Trouble): Generator<Run> {
    let left = Math.ceil(size / BLOCK)
    if (left === 0 || inode.runs === 0) return
    yield inode.first
    left -= inode.first.blocks
    let next = inode.more
    for (let runs = inode.runs - 1; left > 0 && runs > 0; ) {
      const list = readRuns(quietly(() => this.#block(next)))
      if (!list) return trouble('structure', 'a list of its blocks is none; the rest is shown as zeros')
      for (const run of list.runs.slice(0, runs)) {
        if (left <= 0) return
        yield run
        left -= run.blocks
      }
      runs -= list.runs.length
      next = list.next
    }
  }
}

/** Undefined where it is no list of runs, or one of them is empty. */
function readRuns(block: Uint8Array | undefined): { next: number; runs: readonly Run[] } | undefined {
  if (!block || latin1(block.subarray(496, 496 + SIGNATURE.length)) !== SIGNATURE) return undefined
  const reader = new Reader(block, 'little')
  const next = reader.u32()
  reader.skip(4)
  const count = reader.u8()
  reader.skip(7)
  if (count === 0 || count > MOST_RUNS) return undefined
  const runs = Array.from({ length: count }, () => ({ block: reader.u32(), blocks: reader.u32() }))
  return runs.every(({ blocks }) => blocks > 0) ? { next, runs } : undefined
}

function textOf(bytes: Uint8Array): string {
  return latin1(bytes).split('\0', 1)[0] as string
}

function refuse(code: FormatError['code'], message: string): never {
  throw new FormatError(code, message)
}
