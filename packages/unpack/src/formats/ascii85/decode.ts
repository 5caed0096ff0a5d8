import { type Bytes, forEachWindow, type StreamEnd } from '@messlatte/bytes'

const WINDOW = 64 * 1024
const FIRST = 0x21
const BASE = 85
const DIGITS = 5
const ZEROS = 0x7a
const TILDE = 0x7e
const MARK = 0x3e
const LARGEST = 0xffff_ffff
/** NUL, tab, line feed, form feed, carriage return, blank. */
const BLANKS: ReadonlySet<number> = new Set([0, 9, 10, 12, 13, 32])

/**
 * Decodes the text between `from` and `to`, up to the mark `~>`, behind which `end` is. What comes before damage is delivered.
 * PostScript Language Reference, section 3.13.3, ASCII85Decode filter.
 */
export function ascii85Stream(
  bytes: Bytes,
  from: number,
  to: number,
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  const output = new Uint8Array(4 * Math.min(WINDOW, Math.max(0, to - from)) + DIGITS)
  let [filled, value, count, place] = [0, 0, 0, from]
  const put = (word: number, length: number) => {
    for (let index = 0; index < length; index++) output[filled++] = (word / 2 ** (24 - 8 * index)) & 0xff
  }
  /** What stopped it: its code, or undefined at the end of the text. */
  let stop: number | undefined
  let holds = true
  forEachWindow(bytes, from, to, WINDOW, 0, (window) => {
    filled = 0
    for (const code of window) {
      if (code === ZEROS && count === 0) put(0, 4)
      else if (code >= FIRST && code < FIRST + BASE) {
        value = value * BASE + code - FIRST
        if (++count === DIGITS) {
          holds = value <= LARGEST
          if (holds) put(value, 4)
          value = count = 0
        }
      } else if (!BLANKS.has(code)) stop = code
      if (stop !== undefined || !holds) break
      place++
    }
    if (filled > 0) write(output.subarray(0, filled))
    return stop === undefined && holds
  })
  if (stop === TILDE && count !== 1) {
    filled = 0
    for (let index = count; count > 0 && index < DIGITS; index++) value = value * BASE + BASE - 1
    if (count > 0) put(value, count - 1)
    if (filled > 0) write(output.subarray(0, filled))
    const marked = place + 1 < bytes.size && bytes.view(place + 1, 1)[0] === MARK
    if (marked && value <= LARGEST) return { end: place + 2, checksum: 'none' }
  }
  const code = stop === undefined && holds ? 'truncated' : 'corrupt'
  const message =
    code === 'truncated' ? 'ASCII85: the text breaks off' : 'ASCII85: a character that is none of it'
  return { end: place, checksum: 'none', problem: { code, message } }
}
