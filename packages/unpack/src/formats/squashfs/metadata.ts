import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { Decompress } from './compression.ts'
import type { Superblock } from './superblock.ts'

/** What a metadata block holds at most, in bytes. */
const BLOCK = 8192
const STORED = 0x8000
/** 64 MiB of metadata are kept; an image with more pays with decoding some of it again. */
const KEPT = 8192

interface Block {
  readonly data: Uint8Array
  /** Offset of the next block, relative to the start of the file system. */
  readonly next: number
}

function headerSize(superblock: Superblock): number {
  return superblock.marked ? 3 : 2
}

/** Blocks whose sizes have to lead from one to the next. */
const CHAINED = 64

/** Whether the sizes of metadata blocks, read in this order, lead from the inodes to the directories. */
export function chains(bytes: Bytes, start: number, superblock: Superblock, lengths: Endian): boolean {
  let at = superblock.inodeTable
  for (let i = 0; i < CHAINED && at < superblock.directoryTable; i++) {
    const size = new Reader(bytes.view(start + at, 2), lengths).u16() & ~STORED
    if (size === 0 || size > BLOCK) return false
    at += headerSize(superblock) + size
  }
  return at <= superblock.directoryTable
}

/** Random access to metadata blocks (all versions: u16 header, bit 15 = stored, then up to 8 KiB). */
export class Metadata {
  readonly endian: Endian
  readonly #headerSize: number
  readonly #lengths: Endian
  readonly #bytes: Bytes
  readonly #start: number
  readonly #decompress: Decompress
  readonly #blocks = new Map<number, Block>()
  readonly #scratch = new Uint8Array(BLOCK)

  /** @param start where the file system starts in `bytes`; all other offsets are relative to it */
  constructor(bytes: Bytes, start: number, superblock: Superblock, decompress: Decompress) {
    this.endian = superblock.endian
    this.#headerSize = headerSize(superblock)
    this.#lengths = superblock.lengths
    this.#bytes = bytes
    this.#start = start
    this.#decompress = decompress
  }

  block(at: number): Block {
    const known = this.#blocks.get(at)
    if (known) return known
    const header = new Reader(this.#bytes.view(this.#start + at, 2), this.#lengths).u16()
    const size = header & ~STORED
    if (size === 0 || size > BLOCK)
      throw new FormatError('structure', `metadata block at ${at} has a size of ${size}`)
    const input = this.#bytes.view(this.#start + at + this.#headerSize, size)
    const data =
      header & STORED ? input.slice() : this.#scratch.slice(0, this.#decompress(input, this.#scratch))
    const block = { data, next: at + this.#headerSize + size }
    const oldest = this.#blocks.size >= KEPT ? this.#blocks.keys().next().value : undefined
    if (oldest !== undefined) this.#blocks.delete(oldest)
    this.#blocks.set(at, block)
    return block
  }

  /** @param reference block offset relative to `table`, and offset in the block */
  cursor(table: number, block: number, offset: number): Cursor {
    return new Cursor(this, table + block, offset)
  }
}

/** Reads on from one metadata block into the next. */
export class Cursor {
  readonly #metadata: Metadata
  #block: Block
  #offset: number

  constructor(metadata: Metadata, block: number, offset: number) {
    this.#metadata = metadata
    this.#block = metadata.block(block)
    this.#offset = offset
    if (offset > this.#block.data.length)
      throw new FormatError('structure', `metadata offset ${offset} lies behind its block`)
  }

  take(length: number): Uint8Array {
    const end = this.#offset + length
    if (end <= this.#block.data.length) {
      const view = this.#block.data.subarray(this.#offset, end)
      this.#offset = end
      return view
    }
    return this.#gather(length)
  }

  reader(length: number): Reader {
    return new Reader(this.take(length), this.#metadata.endian)
  }

  #gather(length: number): Uint8Array {
    const pieces: Uint8Array[] = []
    let missing = length
    while (missing > 0) {
      if (this.#offset === this.#block.data.length) {
        if (this.#block.data.length === 0) throw new FormatError('structure', 'an empty metadata block')
        this.#block = this.#metadata.block(this.#block.next)
        this.#offset = 0
      }
      const piece = this.#block.data.subarray(this.#offset, this.#offset + missing)
      pieces.push(piece)
      this.#offset += piece.length
      missing -= piece.length
    }
    return Buffer.concat(pieces)
  }
}

/**
 * An entry of a two-level table: a list of pointers to metadata blocks of 8 KiB.
 * @param list offset of the pointers, relative to the start of the file system
 * @param pointerSize bytes: 4 in version 2
 */
export function tableEntry(
  bytes: Bytes,
  start: number,
  metadata: Metadata,
  list: number,
  index: number,
  entrySize: number,
  pointerSize: 4 | 8 = 8,
): Reader {
  const perBlock = BLOCK / entrySize
  const at = start + list + Math.floor(index / perBlock) * pointerSize
  const pointers = new Reader(bytes.view(at, pointerSize), metadata.endian)
  const pointer = pointerSize === 4 ? pointers.u32() : pointers.size64()
  return metadata.cursor(0, pointer, (index % perBlock) * entrySize).reader(entrySize)
}
