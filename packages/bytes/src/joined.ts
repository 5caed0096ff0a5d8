import { type Bytes, checkRange } from './bytes.ts'

/** Bytes that lie one behind the other, though in several places. */
export interface JoinedBytes extends Bytes {
  readonly joined: readonly Bytes[]
  /** Where each of them begins, in bytes. */
  readonly starts: readonly number[]
}

/** All of `parts`, one behind the other, without a copy. Views over a seam are put together. */
export function joinedBytes(parts: readonly Bytes[]): JoinedBytes {
  let size = 0
  const starts = parts.map((part) => {
    size += part.size
    return size - part.size
  })

  /** The last part that begins at or before `at`. */
  function partAt(at: number): number {
    let [low, high] = [0, parts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((starts[middle] as number) <= at) low = middle
      else high = middle - 1
    }
    return low
  }

  function copy(at: number, target: Uint8Array): void {
    checkRange(size, at, target.length)
    let index = partAt(at)
    for (let done = 0; done < target.length; index++) {
      const part = parts[index] as Bytes
      const from = at + done - (starts[index] as number)
      const length = Math.min(part.size - from, target.length - done)
      part.copy(from, target.subarray(done, done + length))
      done += length
    }
  }

  return {
    joined: parts,
    starts,
    size,
    view(at, length) {
      checkRange(size, at, length)
      const index = partAt(at)
      const part = parts[index]
      const from = at - (starts[index] ?? 0)
      if (part && from + length <= part.size) return part.view(from, length)
      const view = new Uint8Array(length)
      copy(at, view)
      return view
    },
    copy,
  }
}

export function isJoined(bytes: Bytes): bytes is JoinedBytes {
  return 'joined' in bytes
}
