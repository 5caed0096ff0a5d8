import { type Bytes, pastFiller } from '@messlatte/bytes'
import type { Region } from '../contract.ts'

const LINE_FEED = 10
const WINDOW = 256 * 1024
/** No record is longer, in bytes. */
const MAX_LINE = 600
/** Bytes by which a line is told. */
const HEAD = 12
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** What the lines of a format look like, by their first characters. */
export interface RecordLines {
  /** One of these stands first. */
  readonly first: string
  readonly begins: RegExp
  /** Lines behind which another file may begin. */
  readonly ends?: RegExp
}

/**
 * Where a file of records may begin in a stretch of other text or bytes: at a record behind a line that is none, or behind
 * one that ends another file. So each record is read once, however many of them there are.
 */
export function* seekRecords(
  bytes: Bytes,
  gap: Region,
  { first, begins, ends }: RecordLines,
): Generator<number> {
  /** Where the next line of the records at hand would begin. */
  let goesOn = -1
  for (const { at, head, next } of lines(bytes, gap, Buffer.from(first, 'latin1'))) {
    if (!begins.test(head)) continue
    if (at !== goesOn) yield at
    goesOn = ends?.test(head) ? -1 : next
  }
}

interface LineHead {
  readonly at: number
  readonly head: string
  /** Where the line behind it begins; -1 where it is longer than any record. */
  readonly next: number
}

/** At the start, behind a byte order mark there, and behind each line feed: those that begin with one of the given bytes. */
function* lines(bytes: Bytes, gap: Region, first: Uint8Array): Generator<LineHead> {
  for (let from = gap.start; from < gap.end; from = pastFiller(bytes, from + WINDOW)) {
    const start = Math.max(gap.start, from - 1)
    const window = Buffer.from(bytes.view(start, Math.min(gap.end - start, WINDOW + MAX_LINE + 1)))
    const until = Math.min(from + WINDOW, gap.end) - start
    if (from === gap.start) {
      const behindMark = window.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
      yield lineAt(window, behindMark ? BYTE_ORDER_MARK.length : 0, start)
    }
    for (
      let feed = window.indexOf(LINE_FEED);
      feed >= 0 && feed + 1 < until;
      feed = window.indexOf(LINE_FEED, feed + 1)
    )
      if (first.includes(window[feed + 1] as number)) yield lineAt(window, feed + 1, start)
  }
}

function lineAt(window: Buffer, at: number, start: number): LineHead {
  const feed = window.indexOf(LINE_FEED, at)
  const isShort = feed >= 0 && feed - at <= MAX_LINE
  return {
    at: start + at,
    head: window.toString('latin1', at, at + HEAD),
    next: isShort ? start + feed + 1 : -1,
  }
}
