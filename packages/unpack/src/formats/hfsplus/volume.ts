import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import { type Piece, Pieces, type Trouble } from '../pieces.ts'

/** Blocks one behind the other. */
interface Extent {
  readonly start: number
  readonly count: number
}

/** A content: its length in bytes, and the first eight stretches of its blocks. */
export interface Fork {
  readonly size: number
  readonly blocks: number
  readonly extents: readonly Extent[]
}

/** What stands in the volume header (512 bytes at 1024; big endian), as far as it tells where things lie. */
export interface Header {
  /** Bytes. */
  readonly blockSize: number
  readonly blocks: number
  readonly wasUnmounted: boolean
  readonly extents: Fork
  readonly catalog: Fork
}

const AT = 1024
const SIZE = 512
export const MAGICS = [
  { bytes: 'H+\0\x04', at: AT },
  { bytes: 'HX\0\x05', at: AT },
] as const
/** In front of the first block there is room for what a machine boots, behind the last header for another word. */
const FORK = 80
const FORK_EXTENTS = 8
const UNMOUNTED = 0x100
const FIRST_FREE_ID = 16

/** The header of the volume that begins at `start`; undefined where its numbers do not fit together. */
export function readHeader(bytes: Bytes, start: number): Header | undefined {
  if (start + AT + SIZE > bytes.size) return undefined
  const view = bytes.view(start + AT, SIZE)
  const u32 = (at: number) => new Reader(view, 'big', at).u32()
  const signature = new Reader(view, 'big').latin1(4)
  const [blockSize, blocks, free] = [u32(40), u32(44), u32(48)]
  const header: Header = {
    blockSize,
    blocks,
    wasUnmounted: (u32(4) & UNMOUNTED) !== 0,
    extents: forkAt(view, 192),
    catalog: forkAt(view, 272),
  }
  const [first] = header.catalog.extents
  const fits =
    MAGICS.some((magic) => magic.bytes === signature) &&
    blockSize >= 512 &&
    blockSize <= 2 ** 20 &&
    (blockSize & (blockSize - 1)) === 0 &&
    blocks * blockSize >= AT + SIZE &&
    free <= blocks &&
    u32(64) >= FIRST_FREE_ID &&
    header.catalog.size > 0 &&
    first !== undefined &&
    first.start + first.count <= blocks
  return fits ? header : undefined
}

/** @throws BytesError */
export function forkAt(view: Uint8Array, at: number): Fork {
  const reader = new Reader(view.subarray(at, at + FORK), 'big')
  const size = reader.size64()
  reader.skip(4)
  return { size, blocks: reader.u32(), extents: extentsIn(reader) }
}

export function extentsIn(reader: Reader): readonly Extent[] {
  const found: Extent[] = []
  for (let i = 0; i < FORK_EXTENTS; i++) {
    const extent = { start: reader.u32(), count: reader.u32() }
    if (extent.count > 0) found.push(extent)
  }
  return found
}

/** Where stretches of blocks lie in the source, as far as they are there. */
export function piecesOf(
  region: Region,
  { blockSize, blocks }: Header,
  size: number,
  extents: readonly Extent[],
  trouble: Trouble,
): readonly Piece[] {
  const pieces = new Pieces(region, size, trouble)
  let at = 0
  for (const { start, count } of extents) {
    if (start + count > blocks)
      trouble('structure', 'a part of it lies outside of the volume; it is shown as zeros')
    else pieces.add(at, count * blockSize, region.start + start * blockSize)
    at += count * blockSize
  }
  if (at < size) trouble('structure', `only ${at} bytes of ${size} have a place; the rest is shown as zeros`)
  return pieces.list
}

/** The node size of a tree, out of its first node; it stands at the start of the tree's content. @throws FormatError */
export function nodeSizeOf(first: Uint8Array): number {
  const isHeader = first[8] === 1 && new Reader(first, 'big', 10).u16() >= 3
  const size = new Reader(first, 'big', 32).u16()
  if (!isHeader || size < 512 || size > 32_768 || (size & (size - 1)) !== 0)
    throw new FormatError('structure', 'a tree without a header')
  return size
}
