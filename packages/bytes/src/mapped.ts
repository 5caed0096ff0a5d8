import { type Bytes, BytesError, checkRange } from './bytes.ts'
import { type Packed, unpackBlock } from './packed-extent.ts'
import { DecodeError } from './stream-end.ts'

/**
 * A stretch of mapped bytes, in bytes: it lies at `from` in the source, repeats the four bytes of `fill`, or is the first of
 * what comes out of a block that is packed there.
 */
export type Extent =
  | { readonly at: number; readonly length: number; readonly from: number }
  | { readonly at: number; readonly length: number; readonly fill: number }
  | { readonly at: number; readonly length: number; readonly packed: Packed }

type PackedExtent = Extract<Extent, { readonly packed: Packed }>

/** Of what was unpacked last, in bytes, and at least one block. */
const KEPT = 8 * 1024 * 1024

/** What small views of holes share: nobody writes into a view. */
const ZEROS = new Uint8Array(64 * 1024)

/** Bytes that are put together of stretches of others. */
export interface MappedBytes extends Bytes {
  readonly source: Bytes
  readonly extents: readonly Extent[]
}

/**
 * Bytes of `size` that are put together of stretches of `source`, without a copy. What no extent covers is zero and
 * takes no memory, however long it is; packed blocks are unpacked when they are looked at, and the last ones kept. A view of
 * one that is damaged throws a BytesError `unreadable`.
 * @param extents in ascending order, without overlap; a fill is a number of 32 bits, little endian
 * @throws BytesError `out-of-range` where an extent lies outside of either
 */
export function mappedBytes(source: Bytes, size: number, extents: readonly Extent[]): MappedBytes {
  let done = 0
  for (const extent of extents) {
    const isThere = isWithin(extent, source.size)
    if (!isThere || !(extent.at >= done && extent.length >= 0 && extent.at + extent.length <= size))
      throw new BytesError('out-of-range', `an extent at ${extent.at} of ${extent.length} bytes lies outside`)
    done = extent.at + extent.length
  }

  const endOf = (index: number) => (extents[index] as Extent).at + (extents[index] as Extent).length
  let last = 0

  /** Index of the first extent that ends behind `at`: mostly that of the last time, because readers go on where they are. */
  function firstBehind(at: number): number {
    if ((last === 0 || endOf(last - 1) <= at) && (last === extents.length || endOf(last) > at)) return last
    last = search(at)
    return last
  }

  function search(at: number): number {
    let [low, high] = [0, extents.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (endOf(middle) > at) high = middle
      else low = middle + 1
    }
    return low
  }

  function copy(at: number, target: Uint8Array): void {
    checkRange(size, at, target.length)
    const end = at + target.length
    let next = at
    for (let index = firstBehind(at); index < extents.length; index++) {
      const extent = extents[index] as Extent
      if (extent.at >= end) break
      const from = Math.max(extent.at, at)
      const to = Math.min(extent.at + extent.length, end)
      target.fill(0, next - at, from - at)
      const part = target.subarray(from - at, to - at)
      if ('fill' in extent) repeat(extent.fill, from - extent.at, part)
      else if ('packed' in extent)
        part.set(unpacked(index, extent).subarray(from - extent.at, to - extent.at))
      else source.copy(extent.from + from - extent.at, part)
      next = to
    }
    target.fill(0, next - at)
  }

  const kept = new Map<number, Uint8Array>()
  let held = 0

  function unpacked(index: number, { packed, length }: PackedExtent): Uint8Array {
    const block = kept.get(index) ?? unpack(source, packed, length)
    // The one that was looked at last is let go last.
    if (!kept.delete(index)) held += block.length
    kept.set(index, block)
    for (const [oldest, old] of kept) {
      if (held <= KEPT || oldest === index) break
      kept.delete(oldest)
      held -= old.length
    }
    return block
  }

  return {
    source,
    extents,
    size,
    view(at, length) {
      checkRange(size, at, length)
      const index = firstBehind(at)
      const extent = extents[index]
      if (extent && extent.at <= at && at + length <= extent.at + extent.length) {
        if ('from' in extent) return source.view(extent.from + at - extent.at, length)
        if ('packed' in extent)
          return unpacked(index, extent).subarray(at - extent.at, at - extent.at + length)
      }
      if (length <= ZEROS.length && (!extent || extent.at >= at + length)) return ZEROS.subarray(0, length)
      const view = new Uint8Array(length)
      copy(at, view)
      return view
    },
    copy,
  }
}

export function isMapped(bytes: Bytes): bytes is MappedBytes {
  return 'extents' in bytes
}

function isWithin(extent: Extent, size: number): boolean {
  if ('fill' in extent) return true
  if ('from' in extent) return extent.from >= 0 && extent.from + extent.length <= size
  const { packed, length } = extent
  return packed.from >= 0 && packed.from + packed.length <= size && length <= packed.size
}

function unpack(source: Bytes, packed: Packed, needed: number): Uint8Array {
  try {
    return unpackBlock(source, packed, needed)
  } catch (error) {
    if (error instanceof DecodeError) throw new BytesError('unreadable', error.message, error)
    throw error
  }
}

/** Fills `out` with the bytes of a word, from the one on that stands at `phase`. */
function repeat(word: number, phase: number, out: Uint8Array): void {
  const pattern = Buffer.alloc(8)
  pattern.writeUInt32LE(word >>> 0)
  pattern.writeUInt32LE(word >>> 0, 4)
  Buffer.from(out.buffer, out.byteOffset, out.byteLength).fill(pattern.subarray(phase % 4, (phase % 4) + 4))
}
