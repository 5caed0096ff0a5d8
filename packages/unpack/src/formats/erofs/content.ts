import { BytesError, DecodeError } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type FormatErrorCode, type Sink } from '../../contract.ts'
import { decodeExtent } from './decode.ts'
import { type Extent, extentsOf, MOST_LENGTH } from './extents.ts'
import { type Inode, readInode } from './inode.ts'
import { INCOMPAT } from './superblock.ts'
import type { Volume } from './volume.ts'

/** Holes of so many bytes are told, not filled: a file of petabytes costs nothing to make. */
const MOST_HOLES = 2 ** 31

/** Of the content that holds inodes, in bytes: a million of them. */
const MOST_BOX = 64 * 1024 * 1024

/**
 * Reads contents; from then on the volume knows how to get the one that holds inodes. It keeps the last piece that fragments
 * came from: they lie side by side.
 */
export class Contents {
  readonly volume: Volume
  #packed: readonly Extent[] | undefined
  #kept: { readonly extent: Extent; readonly content: Uint8Array } | undefined

  constructor(volume: Volume) {
    this.volume = volume
    volume.boxIsIn(() => this.whole(readInode(volume, volume.superblock.box), MOST_BOX))
  }

  /** All of a content, which must not be larger than `most` bytes. @throws FormatError, DecodeError, BytesError */
  whole(inode: Inode, most: number): Uint8Array {
    if (!(inode.size <= most)) throw new FormatError('structure', `${inode.size} bytes are not believed`)
    const out = new Uint8Array(inode.size)
    for (const extent of extentsOf(this.volume, inode)) this.#fill(extent, part(out, extent), inode.number)
    return out
  }

  /** Shows a file: where it lies as it is and in one piece, there; else put together. */
  show(inode: Inode, meta: EntryMeta, sink: Sink): void {
    const extents = extentsOf(this.volume, inode)
    const [only, ...others] = extents
    const holes = extents.reduce((sum, { coding, length }) => sum + (coding === 'hole' ? length : 0), 0)
    if (holes > MOST_HOLES) {
      sink.problem(
        'unsupported',
        `${inode.size} bytes, ${holes} of them holes: it is not put together`,
        meta.path,
      )
      sink.entry(meta)
    } else if (only && others.length === 0 && this.#liesThere(only)) {
      sink.slice(meta, this.volume.placeOf(only.from), only.length)
    } else {
      sink.file(meta, inode.size, (out) => this.#fillAll(extents, inode, out, meta.path, sink))
    }
  }

  /** A part of what the fragments are in. @throws FormatError, DecodeError, BytesError */
  fragment(from: number, out: Uint8Array): void {
    const { packed } = this.volume.superblock
    if (packed === 0) throw new FormatError('structure', 'a fragment without the inode that holds it')
    this.#packed ??= extentsOf(this.volume, readInode(this.volume, packed))
    let done = 0
    for (let i = lastAt(this.#packed, from); done < out.length; i++) {
      const extent = this.#packed[i]
      if (!extent) throw new FormatError('structure', 'a fragment that lies outside of its inode')
      const skip = from + done - extent.at
      const target = out.subarray(done, done + extent.length - skip)
      if (extent.coding === 'stored') this.volume.copy(extent.from + skip, target)
      else target.set(this.#decoded(extent, packed).subarray(skip, skip + target.length))
      done += target.length
    }
  }

  #decoded(extent: Extent, inode: number): Uint8Array {
    if (this.#kept?.extent !== extent) {
      if (extent.length > MOST_LENGTH) throw new FormatError('unsupported', 'fragments in a large hole')
      const content = new Uint8Array(extent.length)
      this.#fill(extent, content, inode)
      this.#kept = { extent, content }
    }
    return this.#kept.content
  }

  #liesThere({ coding, from, length, stored, boxed }: Extent): boolean {
    const { blocks, blockSize } = this.volume.superblock
    return (
      coding === 'stored' &&
      !boxed &&
      length <= stored &&
      from + length <= Math.min(blocks * blockSize, this.volume.size)
    )
  }

  /** What cannot be read stays zero, and is told. */
  #fillAll(extents: readonly Extent[], inode: Inode, out: Uint8Array, path: string, sink: Sink): void {
    const lost = new Map<FormatErrorCode, number>()
    for (const extent of extents) {
      const target = part(out, extent)
      try {
        this.#fill(extent, target, inode.number)
      } catch (error) {
        const code = codeOf(error)
        if (code === undefined) throw error
        target.fill(0)
        lost.set(code, (lost.get(code) ?? 0) + 1)
      }
    }
    for (const [code, count] of lost)
      sink.problem(code, `${count} pieces are not there or damaged; they are shown as zeros`, path)
  }

  #fill(extent: Extent, out: Uint8Array, inode: number): void {
    const { superblock } = this.volume
    switch (extent.coding) {
      case 'hole':
        return
      case 'fragment':
        if (inode === superblock.packed) throw new FormatError('loop', 'a fragment of fragments')
        this.fragment(extent.from, out)
        return
      case 'stored':
        if (out.length > extent.stored)
          throw new FormatError('structure', 'a stored cluster that is too short')
        if (extent.boxed) out.set(this.volume.box.view(extent.from, out.length))
        else this.volume.copy(extent.from, out)
        return
      case 'lz4':
      case 'lzma':
      case 'deflate':
      case 'zstd':
      case 'interlaced': {
        const zerosInFront = (superblock.incompat & INCOMPAT.zerosInFront) !== 0
        const area = extent.boxed ? this.volume.box : this.volume
        const input = area.view(extent.from, extent.stored)
        decodeExtent(input, extent, out, superblock.blockSize, zerosInFront)
      }
    }
  }
}

function part(out: Uint8Array, { at, length }: Extent): Uint8Array {
  return out.subarray(at, at + length)
}

/** The last extent that begins at `offset` or before it. */
function lastAt(extents: readonly Extent[], offset: number): number {
  let low = 0
  let high = extents.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((extents[middle] as Extent).at <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

export function codeOf(error: unknown): FormatErrorCode | undefined {
  if (error instanceof FormatError) return error.code
  if (error instanceof BytesError) return 'truncated'
  return error instanceof DecodeError ? 'structure' : undefined
}
