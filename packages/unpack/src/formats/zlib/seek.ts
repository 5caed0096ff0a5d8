import { type Bytes, latin1, sliceBytes } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { HEADER, isZlibHeader, zlibStream } from './decode.ts'

/** Shorter contents are not worth it, and empty streams are common filler. */
export const LEAST_CONTENT = 64
/** What failed tries of one stretch may cost, in bytes read and written: so much, and so much more for each byte passed. */
const FREE = 16 * 1024 * 1024
const PER_BYTE = 4
/** A content that is so large already is told by the limits of the run, not here. */
const CONVINCING = 1024 * 1024 * 1024
const WINDOW = 256 * 1024

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
    yield at
  }
}

function endsWith(bytes: Bytes, end: number, text: string): boolean {
  const from = end - text.length
  return from >= 0 && end <= bytes.size && latin1(bytes.view(from, text.length)) === text
}

function* headers(bytes: Bytes, { start, end }: Region): Generator<number> {
  for (let at = start; at + 1 < end; at += WINDOW) {
    // One byte more, for a header that lies across the border; copied, because the buffer of a view may be used again.
    const window = Buffer.from(bytes.view(at, Math.min(WINDOW + 1, end - at)))
    for (let hit = window.indexOf(0x78); hit >= 0; hit = window.indexOf(0x78, hit + 1))
      if (hit < WINDOW && isZlibHeader(0x78, window[hit + 1])) yield at + hit
  }
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
    copy: part.copy,
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
