import { type Bytes, BytesError, DecodeError, type Endian, Reader, zlibBlock } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'

/** A file's content: pointers first, then the compressed blocks. */
export interface Content {
  /** Of the pointers, from the start of the file system. */
  readonly offset: number
  /** Bytes, unpacked. */
  readonly size: number
  /** Pointers have flags, so that blocks may lie anywhere and as they are. */
  readonly extended: boolean
  readonly endian: Endian
}

/** Bytes of a page, by which contents are cut. The file system does not tell it; other pages than these are rare. */
const BLOCK = 4096
/** No block becomes larger by being compressed than this. */
const MOST = 2 * BLOCK
const AS_IT_IS = 0x8000_0000
const DIRECT = 0x4000_0000

/** Fills `out`, which is as long as the content. @throws FormatError, BytesError */
export function readContent(bytes: Bytes, region: Region, content: Content, out: Uint8Array): void {
  const count = Math.ceil(content.size / BLOCK)
  const tableAt = region.start + content.offset
  if (tableAt + 4 * count > region.end) throw new BytesError('out-of-range', 'its blocks are cut off')
  const pointers = new Reader(bytes.view(tableAt, 4 * count), content.endian)
  let before = content.offset + 4 * count
  for (let index = 0; index < count; index++) {
    const target = out.subarray(index * BLOCK, (index + 1) * BLOCK)
    const block = content.extended
      ? extendedBlock(bytes, region, pointers.u32(), before, target.length, content.endian)
      : { at: before, end: pointers.u32(), asItIs: false }
    fillBlock(bytes, region, block, target)
    before = block.end
  }
}

interface Block {
  /** From the start of the file system. */
  readonly at: number
  readonly end: number
  readonly asItIs: boolean
}

function extendedBlock(
  bytes: Bytes,
  region: Region,
  pointer: number,
  before: number,
  size: number,
  endian: Endian,
): Block {
  const asItIs = (pointer & AS_IT_IS) !== 0
  const value = (pointer & ~(AS_IT_IS | DIRECT)) >>> 0
  if ((pointer & DIRECT) === 0) return { at: before, end: value, asItIs }
  const at = value * 4
  if (asItIs) return { at, end: at + size, asItIs }
  // Where blocks are scattered, each begins with its length.
  return {
    at: at + 2,
    end: at + 2 + new Reader(bytes.view(region.start + at, 2), endian).u16(),
    asItIs,
  }
}

function fillBlock(bytes: Bytes, region: Region, { at, end, asItIs }: Block, target: Uint8Array): void {
  // A hole.
  if (end === at) return
  if (end < at || end - at > MOST) throw new FormatError('structure', `a block of ${end - at} bytes`)
  if (region.start + end > region.end) throw new BytesError('out-of-range', 'a block is cut off')
  const stored = bytes.view(region.start + at, end - at)
  if (asItIs) target.set(stored.subarray(0, target.length))
  else if (zlibBlock(stored, target) !== target.length)
    throw new DecodeError('corrupt', 'a block holds less than it should')
}
