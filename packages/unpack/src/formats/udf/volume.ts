import { type Bytes, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { Allowance } from '../allowance.ts'
import type { InodeVolume } from '../inode-files.ts'
import type { InodeName } from '../inode-tree.ts'
import { copyStretch } from '../members.ts'
import { Pieces, type Trouble } from '../pieces.ts'
import { quietly } from '../telling.ts'
import { type FileEntry, parseEntry } from './entry.ts'
import { type Address, addressOf, type Layout } from './layout.ts'
import { type Partition, partitionOf } from './partition.ts'
import { TAG, TAG_BYTES, tagAt } from './tags.ts'
import { targetOf, textOf } from './text.ts'

/** A directory of more bytes is none. */
const MOST_DIRECTORY = 64 * 1024 * 1024
const MOST_EXTENTS = 1_000_000
const MOST_TARGET = 16 * 1024
const FIXED_NAME = 38
const DELETED = 4
const PARENT = 8
const IS_DIRECTORY = 2
/** Addresses as numbers: the map, then the block in 32 bits. */
const MAP = 2 ** 32
/** Bytes that a block in a table of a partition takes. */
const PER_BLOCK = 8

export class Volume implements InodeVolume {
  readonly warnings: readonly string[] = []
  readonly bytes: Bytes
  readonly region: Region
  readonly layout: Layout
  readonly root: number
  readonly #partitions: readonly Partition[]
  readonly #allowance: Allowance

  /** @throws FormatError, BytesError where its root cannot be told */
  constructor(bytes: Bytes, region: Region, layout: Layout, spend?: Sink['spend']) {
    this.bytes = bytes
    this.region = region
    this.layout = layout
    this.#allowance = new Allowance(region, spend)
    this.#partitions = layout.maps.map((map) => partitionOf(map, this))
    const set = this.#blockAt(layout.fileSet)
    if (tagAt(bytes, set)?.id !== TAG.fileSet) throw new FormatError('structure', 'no set of files')
    const root = addressOf(new Reader(bytes.view(set + 404, 6), 'little'))
    this.root = root.map * MAP + root.block
  }

  get size(): number {
    return this.layout.blocks * this.layout.blockSize
  }

  sizeOf(inode: number): number {
    return this.entry(inode).size
  }

  get blockSize(): number {
    return this.layout.blockSize
  }

  /** Offset in the source of a block of the disc. */
  placeOf(block: number): number {
    return this.region.start + block * this.layout.blockSize
  }

  /** @throws FormatError */
  #blockAt({ map, block }: Address): number {
    const [run] = this.#partition(map).runs(block, 1)
    if (!run) throw new FormatError('structure', `a block ${block} that partition ${map} does not have`)
    return this.placeOf(run.block)
  }

  #partition(map: number): Partition {
    const partition = this.#partitions[map]
    if (!partition) throw new FormatError('structure', `a partition ${map}`)
    return partition
  }

  /** @throws FormatError, BytesError */
  entry(inode: number): FileEntry {
    return this.entryAt(this.#blockAt({ map: Math.floor(inode / MAP), block: inode % MAP }))
  }

  /** @throws FormatError, BytesError */
  entryAt(at: number): FileEntry {
    const id = tagAt(this.bytes, at)?.id
    if (id !== TAG.file && id !== TAG.extendedFile) throw new FormatError('structure', 'no entry of a file')
    return parseEntry(this.bytes.view(at, this.layout.blockSize), id === TAG.extendedFile)
  }

  /** Undefined where there is none. */
  describe(inode: number, path: string): EntryMeta | undefined {
    const entry = quietly(() => this.entry(inode))
    if (!entry?.type) return undefined
    const { type, mode, uid, gid, mtime, device } = entry
    return {
      path,
      type,
      mode,
      uid,
      gid,
      ...(mtime !== undefined && { mtime }),
      ...(type === 'symlink' && { target: quietly(() => targetOf(this.#content(inode, MOST_TARGET))) ?? '' }),
      ...((type === 'character' || type === 'block') && device && { device }),
    }
  }

  /** Where a file lies: in its entry, or in extents. */
  pieces(inode: number, size: number, trouble: Trouble): Pieces {
    const map = Math.floor(inode / MAP)
    const entry = this.entry(inode)
    const pieces = new Pieces(this.region, size, trouble)
    if (entry.extents === 'inside')
      pieces.add(0, entry.where.length, this.#blockAt({ map, block: inode % MAP }) + entry.whereAt)
    else this.#addExtents(pieces, entry, map, size, trouble)
    return pieces
  }

  #addExtents(pieces: Pieces, entry: FileEntry, map: number, size: number, trouble: Trouble): void {
    let at = 0
    for (const { kind, length, address } of this.#extents(entry, map)) {
      if (at >= size) return
      let done = 0
      if (kind === 0) {
        const blocks = Math.ceil(length / this.blockSize)
        this.#allowance.take(blocks * PER_BLOCK)
        for (const run of this.#partition(address.map).runs(address.block, blocks)) {
          const part = Math.min(run.count * this.blockSize, length - done)
          if (!pieces.add(at + done, part, this.placeOf(run.block))) return
          done += part
        }
        if (done < length) trouble('structure', 'a part of it has no place; it is shown as zeros')
      }
      at += length
    }
    if (at < size) trouble('structure', 'its extents end before it does; the rest is shown as zeros')
  }

  /** Stretches of a file, in their order; more of them may lie in blocks of their own. */
  *#extents({ extents, where }: FileEntry, map: number) {
    const step = { short: 8, long: 16, extended: 20, inside: 0 }[extents]
    let list = where
    let count = 0
    for (let at = 0; at + step <= list.length && count < MOST_EXTENTS; at += step, count++) {
      const reader = new Reader(list, 'little', at)
      const word = reader.u32()
      const [kind, length] = [word >>> 30, word & 0x3fff_ffff]
      if (length === 0) return
      if (extents === 'extended') reader.skip(8)
      const address = extents === 'short' ? { map, block: reader.u32() } : addressOf(reader)
      if (kind !== 3) {
        yield { kind, length, address }
        continue
      }
      list = this.#moreExtents(address)
      at = -step
    }
  }

  #moreExtents(address: Address): Uint8Array {
    this.#allowance.take(this.blockSize)
    const at = this.#blockAt(address)
    if (tagAt(this.bytes, at)?.id !== TAG.moreExtents)
      throw new FormatError('structure', 'no further extents')
    const length = new Reader(this.bytes.view(at + 20, 4), 'little').u32()
    return this.bytes.view(at + 24, Math.min(length, this.blockSize - 24))
  }

  /** @throws FormatError, BytesError */
  #content(inode: number, most: number): Uint8Array {
    const { size } = this.entry(inode)
    if (size > most) throw new FormatError('structure', `${size} bytes of names`)
    this.#allowance.take(size)
    const out = new Uint8Array(size)
    for (const { at, length, from } of this.pieces(inode, size, () => {}).list)
      copyStretch(this.bytes, from, out.subarray(at, at + length))
    return out
  }

  /** Names without the one above. @throws FormatError, BytesError */
  names(inode: number): readonly InodeName[] {
    const view = this.#content(inode, MOST_DIRECTORY)
    const found: InodeName[] = []
    for (let at = 0; at + FIXED_NAME <= view.length; ) {
      const reader = new Reader(view, 'little', at)
      if (reader.u16() !== TAG.name) throw new FormatError('structure', 'a name without its tag')
      reader.at = at + TAG_BYTES + 2
      const [flags, length] = [reader.u8(), reader.u8()]
      reader.skip(4)
      const address = addressOf(reader)
      reader.skip(6)
      const from = at + FIXED_NAME + reader.u16()
      if ((flags & (DELETED | PARENT)) === 0)
        found.push({
          name: textOf(view.subarray(from, from + length)),
          inode: address.map * MAP + address.block,
          isDirectory: (flags & IS_DIRECTORY) !== 0,
        })
      at += Math.ceil((from + length - at) / 4) * 4
    }
    return found
  }
}
