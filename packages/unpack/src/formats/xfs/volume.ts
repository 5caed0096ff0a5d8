import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError, type Region, type Sink } from '../../contract.ts'
import { Allowance } from '../allowance.ts'
import { readSuperblock, type Superblock } from './superblock.ts'

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

  /** Groups that begin before the end of the bytes. */
  get groupsThere(): number {
    const { groups, groupBlocks, blockSize } = this.superblock
    return Math.min(groups, Math.ceil((this.region.end - this.region.start) / (groupBlocks * blockSize)))
  }

  /**
   * A block of metadata by its number in the file system. Each belongs to one inode, so that no more of them can be asked
   * for than there are.
   * @throws FormatError, BytesError
   */
  block(number: number): Uint8Array {
    const { blockSize } = this.superblock
    this.#allowance.take(blockSize)
    return this.bytes.view(this.placeOf(number, 1), blockSize)
  }

  /** Where blocks lie in the source. @throws FormatError when they lie outside of their group */
  placeOf(number: number, count: number): number {
    const { groupBits, groupBlocks, blockSize, blocks } = this.superblock
    const group = Math.floor(number / 2 ** groupBits)
    const within = number % 2 ** groupBits
    const first = group * groupBlocks + within
    if (!(within + count <= groupBlocks && first + count <= blocks))
      throw new FormatError(
        'structure',
        `${count} blocks at ${group}/${within} lie outside of the file system`,
      )
    return this.region.start + first * blockSize
  }

  /** The record of an inode. @throws FormatError, BytesError */
  inodeRecord(number: number): Uint8Array {
    const { inodeBits, inodeSize } = this.superblock
    const at = this.placeOf(Math.floor(number / 2 ** inodeBits), 1) + (number % 2 ** inodeBits) * inodeSize
    return this.bytes.view(at, inodeSize)
  }
}

export function u16At(view: Uint8Array, at: number): number {
  return new Reader(view, 'big', at).u16()
}

export function u32At(view: Uint8Array, at: number): number {
  return new Reader(view, 'big', at).u32()
}

export function u64At(view: Uint8Array, at: number): number {
  return new Reader(view, 'big', at).size64()
}
