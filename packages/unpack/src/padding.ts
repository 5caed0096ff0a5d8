import { type Bytes, fillerFrom, fillerTo } from '@messlatte/bytes'
import type { Region } from './contract.ts'

const STEP = 128 * 1024
/** A run of one byte that is shorter belongs to what surrounds it. */
const SHORTEST = 32
/** Flash is erased in sectors of 4 KiB or more. */
const SECTOR = 4096
/** A run within a stretch parts it when it is so much of it, so that the parts stay few. */
const SHARE = 1024
const FILLERS = { 0: Buffer.alloc(STEP, 0x00), 255: Buffer.alloc(STEP, 0xff) }

/** A file system is filled up with the one, and the flash behind it with the other. */
const RUNS = 2

/** Splits a stretch into padding (runs of 0x00 and 0xFF at its start and end) and the rest. */
export function findPadding(bytes: Bytes, gap: Region): { bytes: number; rest: readonly Region[] } {
  let { start, end } = gap
  for (let run = 0; run < RUNS && start < end; run++) start += runLength(bytes, { start, end }, 1)
  for (let run = 0; run < RUNS && start < end; run++) end -= runLength(bytes, { start, end }, -1)
  return { bytes: start - gap.start + (gap.end - end), rest: end > start ? [{ start, end }] : [] }
}

/**
 * The stretches between whole sectors of 0x00 or 0xFF, each without padding at its ends. A dump of flash that nobody can
 * look into shows so at least where something was written.
 */
export function partsBetweenErased(bytes: Bytes, region: Region): readonly Region[] {
  const least = Math.max(SECTOR, (region.end - region.start) / SHARE)
  const parts: Region[] = []
  let done = region.start
  for (const { start, end } of erasedRuns(bytes, region)) {
    if (end - start < least) continue
    parts.push(...findPadding(bytes, { start: done, end: start }).rest)
    done = end
  }
  if (done === region.start) return [region]
  return [...parts, ...findPadding(bytes, { start: done, end: region.end }).rest]
}

/** Sectors are counted from the start of the bytes, as they are in a dump. */
function* erasedRuns(bytes: Bytes, region: Region): Generator<Region> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(STEP, region.end - region.start))
  let run: { start: number; end: number; readonly byte: number } | undefined
  let at = Math.ceil(region.start / SECTOR) * SECTOR
  while (at + SECTOR <= region.end) {
    const length = Math.min(buffer.length, Math.floor((region.end - at) / SECTOR) * SECTOR)
    const view = buffer.subarray(0, Math.floor(length / SECTOR) * SECTOR)
    bytes.copy(at, view)
    for (let offset = 0; offset < view.length; offset += SECTOR) {
      const byte = view[offset] as number
      const erased = (byte === 0x00 || byte === 0xff) && isFilled(view, offset, byte)
      if (run && erased && run.byte === byte) run.end += SECTOR
      else {
        if (run) yield run
        run = erased ? { start: at + offset, end: at + offset + SECTOR, byte } : undefined
      }
    }
    at += view.length
  }
  if (run) yield run
}

function isFilled(view: Buffer, offset: number, byte: 0x00 | 0xff): boolean {
  return view.compare(FILLERS[byte], 0, SECTOR, offset, offset + SECTOR) === 0
}

function runLength(bytes: Bytes, gap: Region, direction: 1 | -1): number {
  const size = gap.end - gap.start
  const short = Math.min(SHORTEST, size)
  const edge = bytes.view(placeIn(gap, 0, short, direction), short)
  const [first] = edge
  if ((first !== 0x00 && first !== 0xff) || edge.some((byte) => byte !== first)) return 0
  const filler = FILLERS[first]
  let done = 0
  const buffer = Buffer.allocUnsafeSlow(Math.min(STEP, size))
  while (done < size) {
    const known = knownRun(bytes, gap, done, direction)
    if (known > 0 && bytes.view(placeIn(gap, done, 1, direction), 1)[0] === first) {
      done += known
      continue
    }
    const length = Math.min(STEP, size - done)
    const view = buffer.subarray(0, length)
    bytes.copy(placeIn(gap, done, length, direction), view)
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

/** Where `length` bytes lie behind the first `done` bytes of a gap, or before the last ones. */
function placeIn({ start, end }: Region, done: number, length: number, direction: 1 | -1): number {
  return direction === 1 ? start + done : end - done - length
}

/** How far a run goes on behind (or before) the first `done` bytes of it, as far as that is known without reading it once more. */
function knownRun(bytes: Bytes, { start, end }: Region, done: number, direction: 1 | -1): number {
  return direction === 1
    ? Math.min(fillerFrom(bytes, start + done), end) - (start + done)
    : end - done - Math.max(fillerTo(bytes, end - done), start)
}
