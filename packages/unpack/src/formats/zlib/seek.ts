import { type Bytes, consistsOf, latin1, sliceBytes } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { WINDOW, windows } from '../places.ts'
import { HEADER, isZlibHeader, zlibStream } from './decode.ts'

/** Shorter contents are not worth it, and empty streams are common filler. */
export const LEAST_CONTENT = 64
/** What failed tries of one stretch may cost, in bytes read and written: so much, and so much more for each byte passed. */
const FREE = 16 * 1024 * 1024
const PER_BYTE = 4
/** A content that is so large already is told by the limits of the run, not here. */
const CONVINCING = 1024 * 1024 * 1024

/** Files that consist of zlib streams of their own, and show nothing that is worth a look. */
const LEFT_ALONE = ['\x89PNG\r\n\x1a\n', '%PDF-', 'wOFF']
/** What stands directly before such streams, where such a file lies within other bytes. */
const LEFT_ALONE_BEHIND = ['IDAT', 'stream\n', 'stream\r\n']

/** Thrown through the decoder to end it. */
const ENOUGH = Symbol('enough came out')

/**
 * Where whole streams begin, in a stretch. Each is decoded to its end and its Adler-32, so that nothing is taken on
 * chance. What is no stream fails within few bytes, and all failures together cost no more than a share of the stretch.
 */
export function* seekZlib(bytes: Bytes, gap: Region): Generator<number> {
  if (LEFT_ALONE.some((magic) => endsWith(bytes, magic.length, magic))) return
  let spent = 0
  let done = gap.start
  for (const at of headers(bytes, gap)) {
    if (at < done || spent > FREE + PER_BYTE * (at - gap.start)) continue
    if (LEFT_ALONE_BEHIND.some((text) => endsWith(bytes, at, text))) continue
    const { end, cost } = attempt(bytes, at, gap.end)
    if (end === undefined) {
      spent += cost
      continue
    }
    done = end
    proven.set(bytes, at)
    yield at
  }
}

/** Where a stream was found last: it is decoded next, and need not begin once more. */
const proven = new WeakMap<Bytes, number>()

function endsWith(bytes: Bytes, end: number, text: string): boolean {
  const from = end - text.length
  return from >= 0 && end <= bytes.size && latin1(bytes.view(from, text.length)) === text
}

function* headers(bytes: Bytes, region: Region): Generator<number> {
  for (const { at, window } of windows(bytes, region, AHEAD)) {
    // No header is made of one byte twice.
    if (consistsOf(window, window[0] as number)) continue
    const last = Math.min(WINDOW, window.length - 1)
    for (let hit = nextHeader(window, 0, last); hit < last; hit = nextHeader(window, hit + 1, last))
      if (mayBegin(window, hit)) yield at + hit
  }
}

/** The first place from `from` on at which a header stands, or `end`. */
function nextHeader(window: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const first = window[at] as number
    if ((first & 0x8f) === 0x08 && isZlibHeader(first, window[at + 1])) return at
  }
  return end
}

/** The first byte of a header that tells a window of 32 KiB. */
const LARGE_WINDOW = 0x78
/** What a header and the beginning of a first block take, in bytes. */
const AHEAD = 13

/** Whether a first block of DEFLATE may stand behind a header: what none can be is passed over without a try. */
function mayBegin(window: Buffer, at: number): boolean {
  if (at + AHEAD > window.length) return true
  const bits = window.readUInt32LE(at + HEADER)
  switch ((bits >>> 1) & 3) {
    case 0:
      return (
        ((window.readUInt16LE(at + HEADER + 1) ^ window.readUInt16LE(at + HEADER + 3)) & 0xffff) === 0xffff
      )
    case 1:
      // Most of what noise lets through, and little of what is written with a small window.
      return window[at] === LARGE_WINDOW
    case 2:
      return (
        ((bits >>> 3) & 31) < 30 && ((bits >>> 8) & 31) < 30 && isComplete(window, at, (bits >>> 13) & 15)
      )
    default:
      return false
  }
}

/** Whether the lengths of the code of lengths, three bits each, make a code. */
function isComplete(window: Buffer, at: number, more: number): boolean {
  const from = (at + HEADER) * 8 + 17
  let shares = 0
  for (let index = 0; index < more + 4; index++) {
    const bit = from + 3 * index
    const length = (window.readUInt16LE(bit >>> 3) >>> (bit & 7)) & 7
    if (length > 0) shares += 128 >>> length
  }
  return shares === 128
}

interface Attempt {
  /** Undefined where no stream worth taking lies there. */
  readonly end?: number
  /** Bytes read and written. */
  readonly cost: number
}

/** What is no stream mostly fails within its first bytes. */
function attempt(bytes: Bytes, at: number, end: number): Attempt {
  const part = sliceBytes(bytes, at, end - at)
  let cost = 0
  let written = 0
  const counted: Bytes = {
    size: part.size,
    view(from, size) {
      cost += size
      return part.view(from, size)
    },
    copy(from, target) {
      part.copy(from, target)
    },
  }
  try {
    const stream = zlibStream(counted, 0, (chunk) => {
      written += chunk.length
      if (written > CONVINCING) throw ENOUGH
    })
    cost += written
    return stream.problem || written < LEAST_CONTENT ? { cost } : { end: at + stream.end, cost }
  } catch (thrown) {
    if (thrown !== ENOUGH) throw thrown
    return { end, cost: cost + written }
  }
}

/** Whether the bytes inflate up to where the decoder asks for more than the first few thousand, or to their end. */
export function begins(bytes: Bytes, at: number): boolean {
  if (proven.get(bytes) === at) return true
  if (at + HEADER > bytes.size) return false
  const [one, two] = bytes.view(at, HEADER)
  if (!isZlibHeader(one, two)) return false
  let views = 0
  let written = 0
  const first: Bytes = {
    ...bytes,
    view(from, size) {
      if (++views > 1) throw ENOUGH
      return bytes.view(from, size)
    },
  }
  try {
    const { problem } = zlibStream(first, at, (chunk) => {
      written += chunk.length
    })
    return problem === undefined && written >= LEAST_CONTENT
  } catch (thrown) {
    if (thrown !== ENOUGH) throw thrown
    return written > 0
  }
}
