import type { Bytes } from './bytes.ts'
import { lazyCore } from './cores/core.ts'
import { wasm } from './cores/search.wasm.ts'

interface SearchExports {
  find(at: number, end: number, out: number, most: number): number
}

const core = lazyCore<SearchExports>(wasm)

/** Fits into the processor's second cache, together with its candidates. */
const WINDOW = 128 * 1024
const FIRST_WINDOW = 4096
/** Erased and empty stretches are passed over, unless a literal is made of nothing else. */
const FILLERS = [0x00, 0xff].map((byte) => Buffer.alloc(WINDOW + 4096, byte))
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
const BUCKETS = 8
/** Short literals have a bucket of their own, because it lets any fourth byte pass. */
const SHORT_BUCKET = BUCKETS - 1

/** A literal, and the offset of those bytes of it by which it is found. */
interface Needle {
  readonly index: number
  readonly bytes: Buffer
  readonly offset: number
}

/** Needles by the bytes by which they are found. */
type Lookup = ReadonlyMap<number, readonly Needle[]>

/** Told of each place; returning false ends the search. */
export type OnMatch = (literal: number, offset: number) => boolean | undefined

/**
 * Searches for many byte strings in one pass. Literals may overlap; each place of each is told, in order of windows.
 * The search begins at `from`.
 * @param literals byte strings of at least three characters
 */
export function createSearch(
  literals: readonly string[],
): (bytes: Bytes, onMatch: OnMatch, from?: number) => void {
  const needles = literals.map((literal, index): Needle => {
    const bytes = Buffer.from(literal, 'latin1')
    if (bytes.length < SHORT) throw new RangeError(`a literal needs ${SHORT} bytes: ${literal}`)
    return { index, bytes, offset: rarestAt(bytes) }
  })
  const long = byFingerprint(needles.filter(({ bytes }) => bytes.length >= FINGERPRINT))
  const short = byFingerprint(needles.filter(({ bytes }) => bytes.length < FINGERPRINT))
  const tables = makeTables(needles)
  const bitmaps = [makeBitmap(long.keys()), makeBitmap(short.keys())] as const
  const fillers = FILLERS.filter(
    ([filler]) => !needles.some(({ bytes }) => bytes.every((byte) => byte === filler)),
  )
  const longest = Math.max(FINGERPRINT, ...needles.map((needle) => needle.bytes.length))

  return (bytes, onMatch, first = 0) => {
    if (needles.length === 0 || bytes.size - first < SHORT) return
    const { exports, memory } = core()
    const view = memory(TEXT + WINDOW + longest + 64)
    view.set(tables, TABLES)
    view.set(bitmaps[0], BITS_4)
    view.set(bitmaps[1], BITS_3)
    const found = new Uint32Array(view.buffer, CANDIDATES, MOST_CANDIDATES)
    // The first windows are small: whoever looks for the next match only often finds it near.
    for (
      let at = first, step = FIRST_WINDOW;
      at < bytes.size;
      at += step, step = Math.min(WINDOW, step * 2)
    ) {
      const length = Math.min(step + longest - 1, bytes.size - at)
      const window = Buffer.from(view.buffer, TEXT, length)
      bytes.copy(at, window)
      if (fillers.some((filler) => filler.length >= length && filler.subarray(0, length).equals(window)))
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
    lookup.set(key, [...(lookup.get(key) ?? []), needle])
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

const PADDING: ReadonlySet<number> = new Set([0, 0xff, 0x20, 0x2d])

/** Offset of four bytes in a row that are least like padding and like each other. */
function rarestAt(bytes: Buffer): number {
  let best = 0
  let bestScore = -1
  for (let at = 0; at + FINGERPRINT <= bytes.length; at++) {
    let score = 0
    for (let i = at; i < at + FINGERPRINT; i++) {
      const byte = bytes[i] as number
      const known = bytes.indexOf(byte, at) < i
      score += (known ? 0 : 2) + (PADDING.has(byte) ? 0 : 3)
    }
    if (score > bestScore) {
      best = at
      bestScore = score
    }
  }
  return best
}

/** For each of the four bytes: 16 entries by low nibble, 16 by high nibble; bit n stands for bucket n. */
function makeTables(needles: readonly Needle[]): Uint8Array {
  const tables = new Uint8Array(FINGERPRINT * 32)
  const short = needles.filter(({ bytes }) => bytes.length < FINGERPRINT)
  const long = needles.filter(({ bytes }) => bytes.length >= FINGERPRINT)
  const buckets = [...bucketsOf(long.map(fingerprintOf)), short.map(fingerprintOf)]
  for (const [index, fingerprints] of buckets.entries()) {
    const bit = 1 << (fingerprints === buckets.at(-1) ? SHORT_BUCKET : index)
    for (const fingerprint of fingerprints) {
      for (const place of placesOf(fingerprint)) tables[place] = (tables[place] as number) | bit
      if (fingerprint.length < FINGERPRINT)
        for (let i = 3 * 32; i < 4 * 32; i++) tables[i] = (tables[i] as number) | bit
    }
  }
  return tables
}

function fingerprintOf({ bytes, offset }: Needle): Uint8Array {
  return bytes.subarray(offset, offset + FINGERPRINT)
}

function placesOf(fingerprint: Uint8Array): readonly number[] {
  return [...fingerprint].flatMap((byte, i) => [i * 32 + (byte & 15), i * 32 + 16 + (byte >>> 4)])
}

/** How often the nibbles of a byte are met in firmware, roughly: most of it is zeros, ones, small numbers and text. */
const LOW_NIBBLES = shares({ 0: 5, 15: 2 })
const HIGH_NIBBLES = shares({ 0: 6, 2: 1.5, 4: 1.5, 6: 2, 7: 2, 15: 2 })

function shares(heavy: Readonly<Record<number, number>>): readonly number[] {
  const weights = Array.from({ length: 16 }, (_, nibble) => heavy[nibble] ?? 1)
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

/**
 * Shares fingerprints out over the buckets so that little passes that none of them is: those go together whose nibbles are
 * alike. A bucket lets pass whatever has one of its nibbles at each place.
 */
function bucketsOf(all: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const distinct = [...new Map(all.map((it) => [Buffer.from(it).toString('hex'), it])).values()]
  const buckets = Array.from({ length: SHORT_BUCKET }, emptyBucket)
  const homes = new Map<Uint8Array, Bucket>()
  const places = distinct.map(placesOf)
  // Each finds its place three times: then it knows where the others are.
  for (let round = 0; round < 3; round++) {
    for (const [index, fingerprint] of distinct.entries()) {
      const home = homes.get(fingerprint)
      const mine = places[index] as readonly number[]
      if (home) put(home, mine, -1)
      const costs = buckets.map((bucket) => passRateWith(bucket, mine) - bucket.rate)
      const best = buckets[costs.indexOf(Math.min(...costs))] as Bucket
      put(best, mine, 1)
      homes.set(fingerprint, best)
    }
  }
  return buckets.map((bucket) => distinct.filter((it) => homes.get(it) === bucket))
}

interface Bucket {
  /** How many fingerprints have each nibble at each place: 16 low and 16 high ones for each of the four bytes. */
  readonly counts: Uint32Array
  /** How often what is met in firmware has one of the nibbles, for each half of the four bytes. */
  readonly shares: Float64Array
  size: number
  /** How many of the places in firmware it lets pass, roughly. */
  rate: number
}

function emptyBucket(): Bucket {
  return {
    counts: new Uint32Array(FINGERPRINT * 32),
    shares: new Float64Array(FINGERPRINT * 2),
    size: 0,
    rate: 0,
  }
}

function put(bucket: Bucket, places: readonly number[], change: 1 | -1): void {
  const { counts, shares } = bucket
  bucket.size += change
  let rate = 1
  for (let half = 0; half < shares.length; half++) {
    const place = places[half] as number
    const count = (counts[place] as number) + change
    counts[place] = count
    // Only the first one with a nibble, and the last one that goes, changes what passes.
    const isTurn = count === 0 || (count === 1 && change === 1)
    if (isTurn) shares[half] = (shares[half] as number) + change * (sharesOf(half)[place & 15] as number)
    rate *= shares[half] as number
  }
  bucket.rate = bucket.size === 0 ? 0 : rate
}

/** The same with one fingerprint more. */
function passRateWith({ counts, shares }: Bucket, more: readonly number[]): number {
  let rate = 1
  for (let half = 0; half < shares.length; half++) {
    const place = more[half] as number
    const added = counts[place] === 0 ? (sharesOf(half)[place & 15] as number) : 0
    rate *= (shares[half] as number) + added
  }
  return rate
}

function sharesOf(half: number): readonly number[] {
  return half % 2 === 0 ? LOW_NIBBLES : HIGH_NIBBLES
}
