import type { Bytes } from './bytes.ts'
import { lazyCore } from './cores/core.ts'
import { wasm } from './cores/search.wasm.ts'
import { pastFiller } from './filler.ts'

interface SearchExports {
  find(at: number, end: number, out: number, most: number): number
  shareOut(fingerprints: number, count: number, homes: number, weights: number, work: number): void
}

const core = lazyCore<SearchExports>(wasm)

/** Fits into the processor's second cache, together with its candidates. */
const WINDOW = 128 * 1024
const FIRST_WINDOW = 4096
const TABLES = 1024
const CANDIDATES = 4096
const MOST_CANDIDATES = 16_384
const BITS_4 = CANDIDATES + 4 * MOST_CANDIDATES
const BITMAP = 8192
const BITS_3 = BITS_4 + BITMAP
const TEXT = BITS_3 + BITMAP
const MULTIPLIER = 0x9e37_79b1
const FINGERPRINT = 4
/** Shorter literals are found by so many bytes, and any fourth one. */
const SHORT = 3
/** Short literals have a bucket of their own, the last of eight, because it lets any fourth byte pass. */
const SHORT_BUCKET = 7

/** A literal, and the offset of those bytes of it by which it is found. */
interface Needle {
  readonly index: number
  readonly bytes: Buffer
  readonly offset: number
}

/** Needles by the bytes by which they are found. */
type Lookup = ReadonlyMap<number, readonly Needle[]>

let kept: readonly Buffer[] | undefined

/** Erased and empty stretches are passed over, unless a literal is made of nothing else. */
function fillers(): readonly Buffer[] {
  kept ??= [0x00, 0xff].map((byte) => Buffer.alloc(WINDOW + 4096, byte))
  return kept
}

/** Told of each place; returning false ends the search. */
export type OnMatch = (literal: number, offset: number) => boolean | undefined

/**
 * Searches for many byte strings in one pass. Literals may overlap; each place of each is told, in order of windows.
 * The search goes from `from` to `to`; its tables are made when it is first asked.
 * @param literals byte strings of at least three characters
 */
export function createSearch(
  literals: readonly string[],
): (bytes: Bytes, onMatch: OnMatch, from?: number, to?: number) => void {
  const short = literals.find((literal) => literal.length < SHORT)
  if (short !== undefined) throw new RangeError(`a literal needs ${SHORT} bytes: ${short}`)
  let search: ((bytes: Bytes, onMatch: OnMatch, from: number, to: number) => void) | undefined
  return (bytes, onMatch, from = 0, to = bytes.size) => {
    search ??= prepared(literals)
    search(bytes, onMatch, from, to)
  }
}

function prepared(
  literals: readonly string[],
): (bytes: Bytes, onMatch: OnMatch, from: number, to: number) => void {
  const needles = literals.map((literal, index): Needle => {
    const bytes = Buffer.from(literal, 'latin1')
    return { index, bytes, offset: rarestAt(bytes) }
  })
  const long = byFingerprint(needles.filter(({ bytes }) => bytes.length >= FINGERPRINT))
  const short = byFingerprint(needles.filter(({ bytes }) => bytes.length < FINGERPRINT))
  const tables = makeTables(long, short)
  const bitmaps = [makeBitmap(long.keys()), makeBitmap(short.keys())] as const
  const longest = Math.max(FINGERPRINT, ...needles.map((needle) => needle.bytes.length))
  const passedOver = fillers().filter(
    ([filler]) => !needles.some(({ bytes }) => bytes.every((byte) => byte === filler)),
  )

  const goOn = passedOver.length === 2 ? pastFiller : (_: Bytes, at: number) => at

  return (bytes, onMatch, first, end) => {
    if (needles.length === 0 || end - first < SHORT) return
    const { exports, memory } = core()
    const view = memory(TEXT + WINDOW + longest + 64)
    view.set(tables, TABLES)
    view.set(bitmaps[0], BITS_4)
    view.set(bitmaps[1], BITS_3)
    const found = new Uint32Array(view.buffer, CANDIDATES, MOST_CANDIDATES)
    // The first windows are small: whoever looks for the next match only often finds it near.
    for (
      let at = goOn(bytes, first), step = FIRST_WINDOW;
      at < end;
      at = goOn(bytes, at + step), step = Math.min(WINDOW, step * 2)
    ) {
      const length = Math.min(step + longest - 1, end - at)
      const window = Buffer.from(view.buffer, TEXT, length)
      bytes.copy(at, window)
      if (passedOver.some((filler) => filler.length >= length && filler.subarray(0, length).equals(window)))
        continue
      view.fill(0, TEXT + length, TEXT + length + 64)
      // More candidates than there is room for are taken in turns.
      for (let from = 0; from < length; ) {
        const count = exports.find(TEXT + from, TEXT + length, CANDIDATES, MOST_CANDIDATES)
        for (let i = 0; i < count; i++) {
          const candidate = from + (found[i] as number)
          const three = threeAt(view, TEXT + candidate)
          const four = three + (view[TEXT + candidate + 3] as number) * 0x100_0000
          if (!tell(long.get(four), window, candidate, at, step, onMatch)) return
          if (!tell(short.get(three), window, candidate, at, step, onMatch)) return
        }
        if (count < MOST_CANDIDATES) break
        from += (found[count - 1] as number) + 1
      }
    }
  }
}

/** A bit for each fingerprint, at the upper half of its product with the golden ratio. */
function makeBitmap(fingerprints: Iterable<number>): Uint8Array {
  const bitmap = new Uint8Array(BITMAP)
  for (const fingerprint of fingerprints) {
    const hash = Math.imul(fingerprint, MULTIPLIER) >>> 16
    bitmap[hash >>> 3] = (bitmap[hash >>> 3] as number) | (1 << (hash & 7))
  }
  return bitmap
}

function byFingerprint(needles: readonly Needle[]): Lookup {
  const lookup = new Map<number, Needle[]>()
  for (const needle of needles) {
    const { bytes, offset } = needle
    const fourth = bytes.length < FINGERPRINT ? 0 : (bytes[offset + 3] as number) * 0x100_0000
    const key = threeAt(bytes, offset) + fourth
    const same = lookup.get(key)
    if (same) same.push(needle)
    else lookup.set(key, [needle])
  }
  return lookup
}

function threeAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16)
}

function tell(
  needles: readonly Needle[] | undefined,
  window: Buffer,
  candidate: number,
  at: number,
  step: number,
  onMatch: OnMatch,
): boolean {
  if (!needles) return true
  for (const { index, bytes, offset } of needles) {
    const start = candidate - offset
    // What starts in another window is told there.
    if (start < 0 || start >= step || start + bytes.length > window.length) continue
    if (window.compare(bytes, 0, bytes.length, start, start + bytes.length) !== 0) continue
    if (onMatch(index, at + start) === false) return false
  }
  return true
}

/** What a byte is worth among four: more where it is no padding, and more where it is none of those before it. */
const [NO_PADDING, NEW] = [3, 2]
const WORTH = new Uint8Array(256).fill(NO_PADDING)
for (const padding of [0, 0xff, 0x20, 0x2d]) WORTH[padding] = 0
const MOST_SCORE = FINGERPRINT * (NO_PADDING + NEW)

/** Offset of four bytes in a row that are least like padding and like each other. */
function rarestAt(bytes: Buffer): number {
  let best = 0
  let bestScore = -1
  for (let at = 0; bestScore < MOST_SCORE && at + FINGERPRINT <= bytes.length; at++) {
    let score = 0
    for (let i = at; i < at + FINGERPRINT; i++) {
      const byte = bytes[i] as number
      let first = at
      while (bytes[first] !== byte) first++
      score += (first === i ? NEW : 0) + (WORTH[byte] as number)
    }
    if (score > bestScore) {
      best = at
      bestScore = score
    }
  }
  return best
}

/** For each of the four bytes: 16 entries by low nibble, 16 by high nibble; bit n stands for bucket n. */
function makeTables(long: Lookup, short: Lookup): Uint8Array {
  const tables = new Uint8Array(FINGERPRINT * 32)
  const homes = sharedOut([...long.keys()])
  for (const [index, fingerprint] of [...long.keys()].entries())
    mark(tables, fingerprint, FINGERPRINT, 1 << (homes[index] as number))
  for (const fingerprint of short.keys()) mark(tables, fingerprint, SHORT, 1 << SHORT_BUCKET)
  if (short.size > 0)
    for (let i = SHORT * 32; i < FINGERPRINT * 32; i++)
      tables[i] = (tables[i] as number) | (1 << SHORT_BUCKET)
  return tables
}

function mark(tables: Uint8Array, fingerprint: number, length: number, bit: number): void {
  for (let i = 0; i < length; i++) {
    const byte = (fingerprint >>> (8 * i)) & 0xff
    for (const place of [i * 32 + (byte & 15), i * 32 + 16 + (byte >>> 4)])
      tables[place] = (tables[place] as number) | bit
  }
}

/** How often the nibbles of a byte are met in firmware, roughly: most of it is zeros, ones, small numbers and text. */
const WEIGHTS = [...shares({ 0: 5, 15: 2 }), ...shares({ 0: 6, 2: 1.5, 4: 1.5, 6: 2, 7: 2, 15: 2 })]

function shares(heavy: Readonly<Record<number, number>>): readonly number[] {
  const weights = Array.from({ length: 16 }, (_, nibble) => heavy[nibble] ?? 1)
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

/** Bytes that the core needs to share fingerprints out. */
const WORK = 4096

/**
 * The bucket of each fingerprint, so that little passes that none of them is: those go together whose nibbles are alike.
 * A bucket lets pass whatever has one of its nibbles at each place.
 */
function sharedOut(fingerprints: readonly number[]): Uint8Array {
  const weights = TEXT + WORK
  const given = weights + 8 * WEIGHTS.length
  const homes = given + 4 * fingerprints.length
  const { exports, memory } = core()
  const view = memory(homes + fingerprints.length)
  view.fill(0, TEXT, weights)
  new Float64Array(view.buffer, weights, WEIGHTS.length).set(WEIGHTS)
  new Uint32Array(view.buffer, given, fingerprints.length).set(fingerprints)
  exports.shareOut(given, fingerprints.length, homes, weights, TEXT)
  return view.slice(homes, homes + fingerprints.length)
}
