import { type Bytes, memoryBytes, Reader } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import { IN_BOX, readSuperblock, type Superblock } from './superblock.ts'

/** Where inodes lie, and what belongs to them: the file system itself, or a content of it. */
export interface Area {
  /** Bytes. */
  readonly size: number
  /** @throws FormatError, BytesError */
  view(at: number, length: number): Uint8Array
  /** Little endian. @throws FormatError, BytesError */
  reader(at: number, length: number): Reader
}

/** A file system as far as one pass over it needs it; offsets are from its start. */
export class Volume implements Area {
  readonly superblock: Superblock
  readonly #bytes: Bytes
  readonly #region: Region
  #openBox: (() => Uint8Array) | undefined
  #box: Area | undefined

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

  /** Told by who can read contents: how to get the one that holds inodes. It is got when it is needed. */
  boxIsIn(open: () => Uint8Array): void {
    this.#openBox = open
  }

  /** The content that holds inodes. @throws FormatError, DecodeError, BytesError */
  get box(): Area {
    if (!this.#openBox || this.superblock.box === 0)
      throw new FormatError('structure', 'an inode in a metabox, and there is none')
    this.#box ??= areaIn(this.#openBox())
    return this.#box
  }

  /** Where an inode lies. @throws FormatError, DecodeError, BytesError */
  areaOf(inode: number): Area {
    return isBoxed(inode) ? this.box : this
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

/** Whether an inode lies in the metabox. */
export function isBoxed(inode: number): boolean {
  return inode >= IN_BOX
}

function areaIn(content: Uint8Array): Area {
  const bytes = memoryBytes(content)
  return {
    size: bytes.size,
    view: (at, length) => bytes.view(at, length),
    reader: (at, length) => new Reader(bytes.view(at, length), 'little'),
  }
}
