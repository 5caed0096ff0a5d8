import { type Bytes, BytesError, wholeOf } from './bytes.ts'
import { consistsOf } from './consists.ts'

const BLOCK = 256 * 1024
/** What begins with filler of its own begins in these last bytes of a run. */
const KEPT = 64 * 1024

/** What each block of a content is, as far as somebody asked. */
const UNKNOWN = 0
const MIXED = 1
const ZEROS = 2
const ONES = 3
const known = new WeakMap<Bytes, Uint8Array>()

/**
 * Where to go on, from `at`, looking for what begins with other bytes than 0x00 or 0xFF alone: `at`, or in a long run of one
 * of both the last 64 KiB of that. Dumps of flash are erased for the most part, and each block of them is read once,
 * however many look through it.
 */
export function pastFiller(bytes: Bytes, at: number): number {
  return Math.max(at, fillerFrom(bytes, at) - KEPT)
}

/** Where a run of 0x00 or of 0xFF ends that begins at `at` or before, counted in blocks of 256 KiB: `at` where there is none. */
export function fillerFrom(bytes: Bytes, at: number): number {
  const { whole, start } = wholeOf(bytes)
  const run = runOfBlocks(whole, Math.floor((start + at) / BLOCK), 1)
  return run === undefined ? at : Math.min((run + 1) * BLOCK - start, bytes.size)
}

/** Where a run of 0x00 or of 0xFF begins that goes on to `end` or further, counted as above: `end` where there is none. */
export function fillerTo(bytes: Bytes, end: number): number {
  const { whole, start } = wholeOf(bytes)
  const run = runOfBlocks(whole, Math.floor((start + end - 1) / BLOCK), -1)
  return run === undefined ? end : Math.max(run * BLOCK - start, 0)
}

/** The last block, in a direction, of a run of blocks of one filler; undefined where the first one is none. */
function runOfBlocks(whole: Bytes, first: number, step: 1 | -1): number | undefined {
  const kind = kindOf(whole, first)
  if (kind === MIXED) return undefined
  let last = first
  while (kindOf(whole, last + step) === kind) last += step
  return last
}

function kindOf(whole: Bytes, block: number): number {
  // Small contents are many, and looked through at once.
  if (whole.size < BLOCK || block < 0 || block * BLOCK >= whole.size) return MIXED
  let kinds = known.get(whole)
  if (!kinds) {
    kinds = new Uint8Array(Math.ceil(whole.size / BLOCK))
    known.set(whole, kinds)
  }
  if (kinds[block] === UNKNOWN) kinds[block] = look(whole, block * BLOCK)
  return kinds[block] as number
}

function look(whole: Bytes, at: number): number {
  try {
    const [first] = whole.view(at, 1)
    if (first !== 0x00 && first !== 0xff) return MIXED
    if (!consistsOf(whole.view(at, Math.min(BLOCK, whole.size - at)), first)) return MIXED
    return first === 0x00 ? ZEROS : ONES
  } catch (error) {
    // What cannot be read is told by whoever looks for something in it.
    if (error instanceof BytesError) return MIXED
    throw error
  }
}
