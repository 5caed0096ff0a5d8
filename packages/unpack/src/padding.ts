import type { Bytes } from '@messlatte/bytes'
import type { Region } from './contract.ts'

const STEP = 128 * 1024
/** A run of one byte that is shorter belongs to what surrounds it. */
const SHORTEST = 32

/** Splits a stretch into padding (runs of 0x00 or 0xFF at its start and end) and the rest. */
export function findPadding(bytes: Bytes, gap: Region): { bytes: number; rest: readonly Region[] } {
  const start = gap.start + runLength(bytes, gap, 1)
  if (start >= gap.end) return { bytes: gap.end - gap.start, rest: [] }
  const end = gap.end - runLength(bytes, { start, end: gap.end }, -1)
  return { bytes: start - gap.start + (gap.end - end), rest: end > start ? [{ start, end }] : [] }
}

function runLength(bytes: Bytes, gap: Region, direction: 1 | -1): number {
  const size = gap.end - gap.start
  const first = bytes.view(direction === 1 ? gap.start : gap.end - 1, 1)[0] as number
  if (first !== 0x00 && first !== 0xff) return 0
  const filler = Buffer.alloc(STEP, first)
  let done = 0
  const buffer = Buffer.allocUnsafeSlow(Math.min(STEP, size))
  while (done < size) {
    const length = Math.min(STEP, size - done)
    const view = buffer.subarray(0, length)
    bytes.copy(direction === 1 ? gap.start + done : gap.end - done - length, view)
    if (!filler.subarray(0, length).equals(view)) {
      done +=
        direction === 1
          ? view.findIndex((byte) => byte !== first)
          : length - 1 - view.findLastIndex((byte) => byte !== first)
      break
    }
    done += length
  }
  return done === size || done >= SHORTEST ? done : 0
}
