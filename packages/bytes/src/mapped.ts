import { type Bytes, BytesError, MAX_VIEW } from './bytes.ts'

/** A stretch of mapped bytes, in bytes: it lies at `from` in the source, or repeats the four bytes of `fill`. */
export type Extent =
  | { readonly at: number; readonly length: number; readonly from: number }
  | { readonly at: number; readonly length: number; readonly fill: number }

/** What small views of holes share: nobody writes into a view. */
const ZEROS = new Uint8Array(64 * 1024)

/** Bytes that are put together of stretches of others. */
export interface MappedBytes extends Bytes {
  readonly source: Bytes
  readonly extents: readonly Extent[]
}

/**
 * Bytes of `size` that are put together of stretches of `source`, without a copy. What no extent covers is zero and
 * takes no memory, however long it is.
 * @param extents in ascending order, without overlap; a fill is a number of 32 bits, little endian
 * @throws BytesError `out-of-range` where an extent lies outside of either
 */
export function mappedBytes(source: Bytes, size: number, extents: readonly Extent[]): MappedBytes {
  let done = 0
  for (const extent of extents) {
    const isThere = 'fill' in extent || (extent.from >= 0 && extent.from + extent.length <= source.size)
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
    check(at, target.length)
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
      else source.copy(extent.from + from - extent.at, part)
      next = to
    }
    target.fill(0, next - at)
  }

  function check(at: number, length: number): void {
    if (!(at >= 0 && length >= 0 && at + length <= size))
      throw new BytesError('out-of-range', `bytes ${at} to ${at + length} lie outside of ${size}`)
    if (length > MAX_VIEW) throw new BytesError('too-long', `a view of ${length} bytes is over ${MAX_VIEW}`)
  }

  return {
    source,
    extents,
    size,
    view(at, length) {
      check(at, length)
      const extent = extents[firstBehind(at)]
      if (extent && 'from' in extent && extent.at <= at && at + length <= extent.at + extent.length)
        return source.view(extent.from + at - extent.at, length)
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

/** Fills `out` with the bytes of a word, from the one on that stands at `phase`. */
function repeat(word: number, phase: number, out: Uint8Array): void {
  const pattern = Buffer.alloc(8)
  pattern.writeUInt32LE(word >>> 0)
  pattern.writeUInt32LE(word >>> 0, 4)
  Buffer.from(out.buffer, out.byteOffset, out.byteLength).fill(pattern.subarray(phase % 4, (phase % 4) + 4))
}
