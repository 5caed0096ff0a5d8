import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import { readSuperblock, type Superblock } from './superblock.ts'

/** A file system as far as one pass over it needs it; offsets are from its start. */
export class Volume {
  readonly superblock: Superblock
  readonly #bytes: Bytes
  readonly #region: Region

  constructor(bytes: Bytes, region: Region) {
    this.#bytes = bytes
    this.#region = region
    this.superblock = readSuperblock(bytes, region.start) as Superblock
  }

  /** Bytes that are there. */
  get size(): number {
    return this.#region.end - this.#region.start
  }

  /** @throws FormatError, BytesError */
  view(at: number, length: number): Uint8Array {
    const { blocks, blockSize } = this.superblock
    if (!(at + length <= blocks * blockSize))
      throw new FormatError('structure', `${length} bytes at ${at} lie outside of the file system`)
    if (at + length > this.size) throw new FormatError('truncated', `${length} bytes at ${at} are not there`)
    return this.#bytes.view(this.#region.start + at, length)
  }

  reader(at: number, length: number): Reader {
    return new Reader(this.view(at, length), 'little')
  }

  /** Where an offset lies in the source. */
  placeOf(at: number): number {
    return this.#region.start + at
  }

  /** Fills `target`. @throws FormatError, BytesError */
  copy(at: number, target: Uint8Array): void {
    const STEP = 4 * 1024 * 1024
    for (let done = 0; done < target.length; done += STEP) {
      const part = target.subarray(done, done + STEP)
      part.set(this.view(at + done, part.length))
    }
  }
}
