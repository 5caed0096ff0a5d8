import { type Bytes, type Extent, latin1, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { Allowance } from '../allowance.ts'
import type { InodeName } from '../inode-tree.ts'
import { copyStretch, typeOfMode } from '../members.ts'
import { quietly } from '../telling.ts'
import type { Superblock } from './superblock.ts'

export const ROOT = 1
const DIRECT = 7
/** PATH_MAX of Linux. */
const MAX_TARGET = 4096
/** A directory of more bytes is none. */
const MOST_DIRECTORY = 16 * 1024 * 1024
/** A file in more pieces than any is. */
const MOST_PIECES = 1_000_000

interface Inode {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  readonly mtime: number
  readonly zones: readonly number[]
}

/** Where the blocks of a file lie: holes are left out. */
export interface Content {
  readonly size: number
  readonly extents: readonly (Extent & { readonly from: number })[]
  /** What was wrong on the way; the rest is zeros. */
  readonly trouble: string | undefined
}

export class Volume {
  readonly bytes: Bytes
  readonly region: Region
  readonly superblock: Superblock
  readonly #allowance: Allowance

  constructor(bytes: Bytes, region: Region, superblock: Superblock, spend?: Sink['spend']) {
    this.bytes = bytes
    this.region = region
    this.superblock = superblock
    this.#allowance = new Allowance(region, spend)
  }

  /** @throws FormatError, BytesError */
  inode(number: number): Inode {
    const { inodes, inodeSize, inodesAt, blockSize, endian, version } = this.superblock
    if (number < 1 || number > inodes) throw new FormatError('structure', `an inode ${number} of ${inodes}`)
    const perBlock = Math.floor(blockSize / inodeSize)
    const block = inodesAt + Math.floor((number - 1) / perBlock)
    const at = this.region.start + block * blockSize + ((number - 1) % perBlock) * inodeSize
    const reader = new Reader(this.bytes.view(at, inodeSize), endian)
    if (version === 1) {
      const [mode, uid, size, mtime, gid] = [
        reader.u16(),
        reader.u16(),
        reader.u32(),
        reader.u32(),
        reader.u8(),
      ]
      reader.skip(1)
      return { mode, uid, gid, size, mtime, zones: Array.from({ length: 9 }, () => reader.u16()) }
    }
    const mode = reader.u16()
    reader.skip(2)
    const [uid, gid, size] = [reader.u16(), reader.u16(), reader.u32()]
    reader.skip(4)
    const mtime = reader.u32()
    reader.skip(4)
    return { mode, uid, gid, size, mtime, zones: Array.from({ length: 10 }, () => reader.u32()) }
  }

  /** Undefined where the inode is not there or not in use. */
  describe(number: number, path: string): EntryMeta | undefined {
    const inode = quietly(() => this.inode(number))
    const type = inode && inode.mode !== 0 ? typeOfMode(inode.mode) : undefined
    if (!inode || !type) return undefined
    const { mode, uid, gid, mtime, zones } = inode
    const first = zones[0] as number
    return {
      path,
      type,
      mode: mode & 0o7777,
      uid,
      gid,
      mtime,
      ...(type === 'symlink' && { target: this.#target(number) }),
      ...((type === 'character' || type === 'block') && {
        device: { major: (first >>> 8) & 0xff, minor: first & 0xff },
      }),
    }
  }

  #target(number: number): string {
    return latin1(this.#read(this.content(number, MAX_TARGET)))
  }

  /** Names without the directory itself and the one above. @throws FormatError, BytesError */
  names(number: number): readonly InodeName[] {
    const { recordSize, numberSize, endian } = this.superblock
    const { size } = this.inode(number)
    if (size > MOST_DIRECTORY) throw new FormatError('structure', 'a directory of over 16 MiB')
    this.#allowance.take(size)
    const view = this.#read(this.content(number))
    const found: InodeName[] = []
    for (let at = 0; at + recordSize <= view.length; at += recordSize) {
      const reader = new Reader(view, endian, at)
      const inode = numberSize === 2 ? reader.u16() : reader.u32()
      const name = latin1(reader.take(recordSize - numberSize)).split('\0', 1)[0] as string
      if (inode !== 0 && name !== '.' && name !== '..')
        found.push({ name, inode, isDirectory: this.#isDirectory(inode) })
    }
    return found
  }

  /** Whether a directory begins with its own two names, and both lead to it. @throws FormatError, BytesError */
  isOwnParent(number: number): boolean {
    const { recordSize, numberSize, endian } = this.superblock
    const content = this.content(number, 2 * recordSize)
    if (content.size < 2 * recordSize) return false
    const view = this.#read(content)
    return ['.', '..'].every((name, index) => {
      const reader = new Reader(view, endian, index * recordSize)
      const inode = numberSize === 2 ? reader.u16() : reader.u32()
      return inode === number && latin1(reader.take(name.length + 1)) === `${name}\0`
    })
  }

  #isDirectory(number: number): boolean {
    return ((quietly(() => this.inode(number))?.mode ?? 0) & 0o170000) === 0o040000
  }

  #read({ size, extents }: Content): Uint8Array {
    const out = new Uint8Array(size)
    for (const { at, length, from } of extents)
      if (at < size) copyStretch(this.bytes, from, out.subarray(at, Math.min(at + length, size)))
    return out
  }

  /** @param most bytes of it that are wanted @throws FormatError, BytesError */
  content(number: number, most = Number.POSITIVE_INFINITY): Content {
    const { blockSize, blocks, firstData } = this.superblock
    const { size: whole, zones } = this.inode(number)
    const size = Math.min(whole, most)
    const extents: (Extent & { readonly from: number })[] = []
    let trouble: string | undefined
    for (const { logical, zone } of this.#zones(zones, Math.ceil(size / blockSize))) {
      if (zone < firstData || zone >= blocks) {
        trouble = 'a block outside of the file system'
        break
      }
      const from = this.region.start + zone * blockSize
      const at = logical * blockSize
      const length = Math.min(blockSize, size - at, this.region.end - from)
      if (length < Math.min(blockSize, size - at)) trouble = 'the image ends within it'
      const last = extents.at(-1)
      if (length <= 0) continue
      if (last && last.at + last.length === at && last.from + last.length === from)
        extents[extents.length - 1] = { ...last, length: last.length + length }
      else if (extents.length < MOST_PIECES) extents.push({ at, length, from })
      else {
        trouble = `over ${MOST_PIECES} pieces`
        break
      }
    }
    return { size, extents, trouble }
  }

  /** Blocks in their order; those that are not there are holes. */
  *#zones(
    zones: readonly number[],
    end: number,
  ): Generator<{ readonly logical: number; readonly zone: number }> {
    for (let i = 0; i < Math.min(DIRECT, end); i++) {
      const zone = zones[i] as number
      if (zone !== 0) yield { logical: i, zone }
    }
    const perBlock = this.superblock.blockSize / this.superblock.zoneSize
    let logical = DIRECT
    for (let level = 1; DIRECT + level <= zones.length && logical < end; level++) {
      yield* this.#indirect(zones[DIRECT + level - 1] as number, level, logical, end)
      logical += perBlock ** level
    }
  }

  *#indirect(
    zone: number,
    level: number,
    logical: number,
    end: number,
  ): Generator<{ readonly logical: number; readonly zone: number }> {
    if (zone === 0) return
    const { blockSize, blocks, zoneSize, endian } = this.superblock
    const at = this.region.start + zone * blockSize
    if (zone >= blocks || at + blockSize > this.region.end) return yield { logical, zone }
    this.#allowance.take(blockSize)
    const reader = new Reader(this.bytes.view(at, blockSize), endian)
    const step = (blockSize / zoneSize) ** (level - 1)
    for (let from = logical; reader.left > 0 && from < end; from += step) {
      const next = zoneSize === 2 ? reader.u16() : reader.u32()
      if (level > 1) yield* this.#indirect(next, level - 1, from, end)
      else if (next !== 0) yield { logical: from, zone: next }
    }
  }
}
