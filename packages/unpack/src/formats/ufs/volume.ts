import { type Bytes, BytesError, latin1, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { Allowance } from '../allowance.ts'
import type { InodeName } from '../inode-tree.ts'
import { copyStretch, deviceOfNumber, typeOfMode } from '../members.ts'
import { type Piece, Pieces, type Trouble } from '../pieces.ts'
import { readSuperblock, type Superblock } from './superblock.ts'

interface Inode {
  readonly number: number
  /** Unix mode with its type bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** Twelve addresses, and three of blocks with addresses; or a short target. */
  readonly map: Uint8Array
}

export const ROOT = 2
const DIRECT = 12
const LEVELS = 3
/** A directory of more bytes is none. */
const MOST_DIRECTORY = 64 * 1024 * 1024
/** PATH_MAX of the systems that write it. */
const MOST_TARGET = 1024
const DIRECTORY = 4
const RECORD = 8
/** A record of a directory does not go over the border of one. */
const CHUNK = 512

/** A file system as far as one pass over it needs it. */
export class Volume {
  readonly bytes: Bytes
  readonly region: Region
  readonly superblock: Superblock
  readonly #allowance: Allowance

  constructor(bytes: Bytes, region: Region, spend?: Sink['spend']) {
    this.bytes = bytes
    this.region = region
    this.superblock = readSuperblock(bytes, region.start) as Superblock
    this.#allowance = new Allowance(region, spend)
  }

  get inodes(): number {
    return this.superblock.groups * this.superblock.inodesPerGroup
  }

  /** No more of them can be there than fit. */
  get inodesThere(): number {
    return Math.min(this.inodes, (this.region.end - this.region.start) / this.superblock.inodeSize)
  }

  /** @throws FormatError, BytesError */
  inode(number: number): Inode {
    const { superblock } = this
    const { version, endian, inodesPerGroup, inodeSize, fragmentSize } = superblock
    if (!(number >= ROOT && number < this.inodes))
      throw new FormatError('structure', `inode ${number} of ${this.inodes}`)
    const group = Math.floor(number / inodesPerGroup)
    const shift = superblock.groupShift * ((group & ~superblock.groupMask) >>> 0)
    const first = group * superblock.fragmentsPerGroup + shift + superblock.inodesAt
    const at = this.region.start + first * fragmentSize + (number % inodesPerGroup) * inodeSize
    const view = this.bytes.view(at, inodeSize)
    const u32 = (offset: number) => new Reader(view, endian, offset).u32()
    const mode = new Reader(view, endian).u16()
    return version === 1
      ? {
          number,
          mode,
          uid: u32(112),
          gid: u32(116),
          size: new Reader(view, endian, 8).size64(),
          mtime: u32(24) | 0,
          map: view.subarray(40, 100),
        }
      : {
          number,
          mode,
          uid: u32(4),
          gid: u32(8),
          size: new Reader(view, endian, 16).size64(),
          mtime: Number(BigInt.asIntN(64, new Reader(view, endian, 40).u64())),
          map: view.subarray(112, 232),
        }
  }

  describe(number: number, path: string, trouble: Trouble): EntryMeta | undefined {
    const inode = this.inode(number)
    const type = inode.mode === 0 ? undefined : typeOfMode(inode.mode)
    if (!type) return undefined
    const { mode, uid, gid, mtime, map } = inode
    return {
      path,
      type,
      mode: mode & 0o7777,
      uid,
      gid,
      mtime,
      ...(type === 'symlink' && { target: this.#target(inode, trouble) }),
      ...((type === 'character' || type === 'block') && { device: deviceOf(this.#address(map, 0)) }),
    }
  }

  /** Names without the directory itself and the one above. @throws FormatError, BytesError */
  *names(number: number, trouble: Trouble): Generator<InodeName> {
    const { endian } = this.superblock
    const inode = this.inode(number)
    if (inode.size > MOST_DIRECTORY) throw new FormatError('structure', `a directory of ${inode.size} bytes`)
    for (const { from, length } of this.pieces(inode, trouble)) {
      for (let done = 0; done < length; done += this.superblock.blockSize) {
        this.#allowance.take(this.superblock.blockSize)
        const view = this.bytes.view(from + done, Math.min(this.superblock.blockSize, length - done))
        for (let at = 0; at < view.length; at += CHUNK)
          yield* namesIn(new Reader(view.subarray(at, at + CHUNK), endian), trouble)
      }
    }
  }

  /** Where a file lies, ascending; holes are left out. */
  pieces(inode: Inode, trouble: Trouble): readonly Piece[] {
    const { blockSize, fragmentSize, fragments } = this.superblock
    const pieces = new Pieces(this.region, inode.size, trouble)
    try {
      for (const { logical, address } of this.#addresses(inode, trouble)) {
        const wanted = Math.min(blockSize, inode.size - logical * blockSize)
        if (address + Math.ceil(wanted / fragmentSize) > fragments)
          trouble('structure', 'a part of it lies outside of the file system; it is shown as zeros')
        else if (!pieces.add(logical * blockSize, wanted, this.region.start + address * fragmentSize)) break
      }
    } catch (error) {
      // What goes round in circles ends here, and not behind each of its addresses.
      if (!(error instanceof FormatError)) throw error
      trouble(error.code, error.message)
    }
    return pieces.list
  }

  *#addresses(
    { map, size }: Inode,
    trouble: Trouble,
  ): Generator<{ readonly logical: number; readonly address: number }> {
    const { blockSize } = this.superblock
    const end = Math.ceil(size / blockSize)
    for (let i = 0; i < Math.min(DIRECT, end); i++) {
      const address = this.#address(map, i)
      if (address !== 0) yield { logical: i, address }
    }
    let logical = DIRECT
    for (let level = 1; level <= LEVELS && logical < end; level++) {
      yield* this.#indirect(this.#address(map, DIRECT + level - 1), level, logical, end, trouble)
      logical += this.#perBlock ** level
    }
  }

  *#indirect(
    block: number,
    level: number,
    logical: number,
    end: number,
    trouble: Trouble,
  ): Generator<{ readonly logical: number; readonly address: number }> {
    const view = block === 0 ? undefined : this.#block(block, trouble)
    if (!view) return
    const step = this.#perBlock ** (level - 1)
    for (let i = 0; i < this.#perBlock && logical + i * step < end; i++) {
      const address = this.#address(view, i)
      if (level > 1) yield* this.#indirect(address, level - 1, logical + i * step, end, trouble)
      else if (address !== 0) yield { logical: logical + i, address }
    }
  }

  #block(address: number, trouble: Trouble): Uint8Array | undefined {
    const { blockSize, fragmentSize, fragments } = this.superblock
    this.#allowance.take(blockSize)
    try {
      if (address + blockSize / fragmentSize > fragments)
        throw new FormatError('structure', `a block of addresses at ${address} of ${fragments}`)
      return this.bytes.view(this.region.start + address * fragmentSize, blockSize)
    } catch (error) {
      if (error instanceof FormatError) trouble(error.code, error.message)
      else if (error instanceof BytesError) trouble('truncated', error.message)
      else throw error
      return undefined
    }
  }

  get #perBlock(): number {
    return this.superblock.blockSize / this.#width
  }

  get #width(): 4 | 8 {
    return this.superblock.version === 1 ? 4 : 8
  }

  #address(view: Uint8Array, index: number): number {
    const reader = new Reader(view, this.superblock.endian, index * this.#width)
    return this.superblock.version === 1 ? reader.u32() : reader.size64()
  }

  #target(inode: Inode, trouble: Trouble): string {
    const { size, map } = inode
    if (size > MOST_TARGET) throw new FormatError('structure', `a target of ${size} bytes`)
    if (size < this.superblock.shortTarget && size <= map.length) return latin1(map.subarray(0, size))
    const out = new Uint8Array(size)
    for (const { at, length, from } of this.pieces(inode, trouble))
      copyStretch(this.bytes, from, out.subarray(at, at + length))
    return latin1(out)
  }
}

function* namesIn(reader: Reader, trouble: Trouble): Generator<InodeName> {
  while (reader.left >= RECORD) {
    const start = reader.at
    const [inode, size, type, length] = [reader.u32(), reader.u16(), reader.u8(), reader.u8()]
    if (size < RECORD || size % 4 !== 0 || start + size > reader.bytes.length || RECORD + length > size)
      return trouble('structure', 'a record of a directory that does not fit')
    const name = reader.latin1(length)
    reader.at = start + size
    if (inode !== 0 && name !== '.' && name !== '..') yield { name, inode, isDirectory: type === DIRECTORY }
  }
}

/** As NetBSD and FreeBSD keep small numbers: twelve bits for the first one, and eight and twelve for the second. */
function deviceOf(device: number): { readonly major: number; readonly minor: number } {
  return deviceOfNumber(device)
}
