import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError, type Region, type Sink } from '../../contract.ts'
import { Allowance } from '../allowance.ts'
import { readDescriptor } from './groups.ts'
import { INCOMPAT, RO_COMPAT, readSuperblock, type Superblock } from './superblock.ts'

/** A file system as far as one pass over it needs it. */
export class Volume {
  readonly bytes: Bytes
  readonly region: Region
  readonly superblock: Superblock
  readonly allowance: Allowance

  constructor(bytes: Bytes, region: Region, spend?: Sink['spend']) {
    this.bytes = bytes
    this.region = region
    this.superblock = readSuperblock(bytes, region.start) as Superblock
    this.allowance = new Allowance(region, spend)
  }

  get hasChecksums(): boolean {
    return (this.superblock.roCompat & RO_COMPAT.metadataChecksums) !== 0
  }

  get hasFileTypes(): boolean {
    return (this.superblock.incompat & INCOMPAT.fileType) !== 0
  }

  /**
   * A block of metadata. Each belongs to one inode, so that no more of them can be asked for than there are.
   * @throws FormatError, BytesError
   */
  block(block: number): Uint8Array {
    const { blockSize } = this.superblock
    this.allowance.take(blockSize)
    return this.bytes.view(this.placeOf(block, 1), blockSize)
  }

  /** Where blocks lie in the source. @throws FormatError when they lie outside of the file system */
  placeOf(block: number, count: number): number {
    const { blocks, blockSize } = this.superblock
    if (!(block > 0 && block + count <= blocks))
      throw new FormatError('structure', `blocks from ${block} to ${block + count} lie outside of ${blocks}`)
    return this.region.start + block * blockSize
  }

  /** The record of an inode. @throws FormatError, BytesError */
  inodeRecord(number: number): Uint8Array {
    const { superblock } = this
    if (!(number >= 1 && number <= superblock.inodes))
      throw new FormatError('structure', `inode ${number} of ${superblock.inodes}`)
    const group = Math.floor((number - 1) / superblock.inodesPerGroup)
    const index = (number - 1) % superblock.inodesPerGroup
    const { inodeTable } = readDescriptor(this, group)
    const offset = index * superblock.inodeSize
    const at = this.placeOf(inodeTable + Math.floor(offset / superblock.blockSize), 1)
    return this.bytes.view(at + (offset % superblock.blockSize), superblock.inodeSize)
  }
}

/** A little-endian number in a view. */
export function u32At(view: Uint8Array, at: number): number {
  return new Reader(view, 'little', at).u32()
}

export function u16At(view: Uint8Array, at: number): number {
  return new Reader(view, 'little', at).u16()
}
