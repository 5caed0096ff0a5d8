import { type Bytes, BytesError, wholeOf } from './bytes.ts'
import { consistsOf } from './consists.ts'

const BLOCK = 256 * 1024
/** What begins with filler of its own begins in these last bytes of a run. */
const KEPT = 64 * 1024

/** What each whole block of a content is, as far as somebody asked. */
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
  const { whole, start } = wholeOf(bytes)
  const first = Math.floor((start + at) / BLOCK)
  const kind = kindOf(whole, first)
  if (kind === MIXED) return at
  let block = first + 1
  while (kindOf(whole, block) === kind) block++
  return Math.max(at, Math.min(block * BLOCK - start, bytes.size) - KEPT)
}

function kindOf(whole: Bytes, block: number): number {
  const at = block * BLOCK
  if (at + BLOCK > whole.size) return MIXED
  let kinds = known.get(whole)
  if (!kinds) {
    kinds = new Uint8Array(Math.floor(whole.size / BLOCK))
    known.set(whole, kinds)
  }
  if (kinds[block] === UNKNOWN) kinds[block] = look(whole, at)
  return kinds[block] as number
}

function look(whole: Bytes, at: number): number {
  try {
    const [first] = whole.view(at, 1)
    if (first !== 0x00 && first !== 0xff) return MIXED
    if (!consistsOf(whole.view(at, BLOCK), first)) return MIXED
    return first === 0x00 ? ZEROS : ONES
  } catch (error) {
    // What cannot be read is told by whoever looks for something in it.
    if (error instanceof BytesError) return MIXED
    throw error
  }
}
