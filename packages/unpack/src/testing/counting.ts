import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { Unbounded } from './collect.ts'

/** Counts what a reader asks for, and stops it when that grows beyond what its input can justify. */
export function countingBytes(content: Uint8Array, mostViews: number, mostBytes: number): Bytes {
  const inner = memoryBytes(content)
  let views = 0
  let total = 0

  function count(length: number): void {
    views++
    total += length
    if (views > mostViews || total > mostBytes) throw new Unbounded(`${views} views of ${total} bytes`)
  }

  return {
    size: inner.size,
    view(at, length) {
      const view = inner.view(at, length)
      count(length)
      return view
    },
    copy(at, target) {
      inner.copy(at, target)
      count(target.length)
    },
  }
}
