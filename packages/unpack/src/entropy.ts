import type { Bytes } from '@messlatte/bytes'
import type { UnknownRegion } from '@messlatte/model'
import { codeIn } from './guess/code.ts'
import { periodOf } from './guess/table.ts'

const SAMPLE = 64 * 1024
const SAMPLES = 64
/** What is looked at for code and tables, in bytes, and how often. */
const WINDOW = 4096
const WINDOWS = 64
/** A shorter stretch has no shape. */
const LEAST = 256
/** Bits per byte; no machine code that we measured has more. */
const HIGH = 7.5
/** Even bytes have 255, give or take 23; this is five of those above. */
const EVEN = 370
const CIPHER_BLOCK = 16
const SPARSE = 0.9
/** Code brings its constants and tables along; tables are tables throughout. */
const CODE_SHARE = 0.25
const TABLE_SHARE = 0.5

/**
 * What a stretch looks like: Shannon entropy in bits per byte, the chi-square of its bytes against even ones (255 degrees
 * of freedom), and a guess. All of it counts up to 4 MiB, 64 evenly spread samples beyond; code and tables are sought in
 * up to 64 windows of 4 KiB. Even bytes say compressed or encrypted, never which of the two.
 */
export function describeBytes(
  bytes: Bytes,
  start: number,
  length: number,
): Pick<UnknownRegion, 'entropy' | 'chiSquare' | 'guess'> {
  const { counts, total } = countBytes(bytes, start, length)
  const entropy = entropyIn(counts, total)
  const chiSquare = chiSquareOf(counts, total)
  return {
    entropy: rounded(entropy),
    chiSquare,
    guess:
      guessByBytes(chiSquare, counts, total) ??
      guessUneven(entropy, guessByShape(bytes, start, length), () => isEvenByBlock(bytes, start, length)),
  }
}

/** The entropy alone, in bits per byte, counted as above: the guess takes many times as long. */
export function entropyOf(bytes: Bytes, start: number, length: number): number {
  const { counts, total } = countBytes(bytes, start, length)
  return rounded(entropyIn(counts, total))
}

function entropyIn(counts: Float64Array, total: number): number {
  let entropy = 0
  for (const count of counts) if (count > 0) entropy -= (count / total) * Math.log2(count / total)
  return Math.abs(entropy)
}

function rounded(entropy: number): number {
  return Math.round(entropy * 1000) / 1000
}

/**
 * A cipher that takes each block by itself writes the same twice for what stands there twice (flash encryption of the ESP32
 * does so for the halves of 32 bytes). Records that are alike differ in some of their bytes, and these are not even.
 */
function isEvenByBlock(bytes: Bytes, start: number, length: number): boolean {
  const { counts, total } = countBytes(bytes, start, length, countBlocks)
  return total >= LEAST && chiSquareOf(counts, total) <= EVEN
}

function countBlocks(view: Uint8Array, counts: Float64Array): number {
  let total = 0
  for (let at = CIPHER_BLOCK; at + CIPHER_BLOCK <= view.length; at += CIPHER_BLOCK) {
    const block = view.subarray(at, at + CIPHER_BLOCK)
    if (Buffer.compare(block, view.subarray(at - CIPHER_BLOCK, at)) === 0) continue
    for (const byte of block) counts[byte] = (counts[byte] as number) + 1
    total += CIPHER_BLOCK
  }
  return total
}

function countAll(view: Uint8Array, counts: Float64Array): number {
  for (const byte of view) counts[byte] = (counts[byte] as number) + 1
  return view.length
}

function chiSquareOf(counts: Float64Array, total: number): number {
  let squares = 0
  for (const count of counts) squares += (count - total / 256) ** 2
  return total === 0 ? 0 : Math.round(squares / (total / 256))
}

function countBytes(
  bytes: Bytes,
  start: number,
  length: number,
  count: (view: Uint8Array, counts: Float64Array) => number = countAll,
): { counts: Float64Array; total: number } {
  const counts = new Float64Array(256)
  const samples = Math.min(SAMPLES, Math.max(1, Math.ceil(length / SAMPLE)))
  const stride = length / samples
  const startOf = (sample: number) =>
    sample === samples ? start + length : start + CIPHER_BLOCK * Math.floor((sample * stride) / CIPHER_BLOCK)
  let total = 0
  for (let i = 0; i < samples; i++) {
    const at = startOf(i)
    // Samples that overlap would count bytes twice, and even ones would look uneven.
    const next = startOf(i + 1)
    total += count(bytes.view(at, Math.min(SAMPLE, next - at)), counts)
  }
  return { counts, total }
}

function guessByBytes(
  chiSquare: number,
  counts: Float64Array,
  total: number,
): UnknownRegion['guess'] | undefined {
  if (isBlank(counts, total)) return 'sparse'
  let printable = (counts[9] as number) + (counts[10] as number) + (counts[13] as number)
  for (let byte = 32; byte < 127; byte++) printable += counts[byte] as number
  if (printable / total > 0.95) return 'text'
  if (total < LEAST) return 'data'
  return chiSquare <= EVEN ? 'compressed-or-encrypted' : undefined
}

/** Tables of large numbers have a high entropy too, and records. */
function guessUneven(
  entropy: number,
  shape: UnknownRegion['guess'],
  isEvenInBlocks: () => boolean,
): UnknownRegion['guess'] {
  if (entropy <= HIGH) return shape
  if (shape !== 'table') return 'compressed'
  return isEvenInBlocks() ? 'compressed-or-encrypted' : 'table'
}

function isBlank(counts: Float64Array, total: number): boolean {
  return Math.max(counts[0] as number, counts[255] as number) / total > SPARSE
}

function guessByShape(bytes: Bytes, start: number, length: number): UnknownRegion['guess'] {
  const windows = Math.min(WINDOWS, Math.ceil(length / WINDOW))
  const stride = length / windows
  let filled = 0
  let code = 0
  let tables = 0
  for (let i = 0; i < windows; i++) {
    const at = start + Math.floor(i * stride)
    const window = bytes.view(at, Math.min(WINDOW, start + length - at))
    if (isBlankWindow(window)) continue
    filled++
    if (codeIn(window)) code++
    else if (periodOf(window)) tables++
  }
  if (code > 0 && code >= CODE_SHARE * filled) return 'code'
  return tables > 0 && tables >= TABLE_SHARE * filled ? 'table' : 'data'
}

function isBlankWindow(window: Uint8Array): boolean {
  let zeros = 0
  let ones = 0
  for (const byte of window) {
    if (byte === 0) zeros++
    else if (byte === 255) ones++
  }
  return Math.max(zeros, ones) > SPARSE * window.length
}
