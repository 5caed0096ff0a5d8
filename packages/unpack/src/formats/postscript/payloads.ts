import { type Bytes, createSearch, forEachWindow, latin1 } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '%!PS'
const FILTER = 'currentfile /ASCII85Decode'
const search = createSearch([FILTER])
/** What follows on the line: further filters, and that the data is a program; not that the filter is kept under a name. */
const REST = /^(?: filter(?! def)(?: [/\w]+)?){1,8}(?: exec)?\s/
const MOST_REST = 256
const OPENING = '<~'
const MOST_PAYLOADS = 10_000

/** Where the texts of payloads lie, each up to the next one at most: the mark of its end is found when it is decoded. */
export function payloadsOf(bytes: Bytes, start: number, end: number): readonly Stored[] {
  const found: number[] = []
  const filters: number[] = []
  search(
    bytes,
    (_literal, at) => {
      if (at >= end) return false
      const text = textBehind(bytes, at + FILTER.length)
      if (text === undefined) return true
      filters.push(at)
      found.push(text)
      return found.length < MOST_PAYLOADS
    },
    start,
  )
  return found.map((at, index) => ({ at, length: (filters[index + 1] ?? end) - at }))
}

const WINDOW = 64 * 1024

/** Behind the text that begins at `start`: at the first byte that is neither printable ASCII nor space. */
export function textEnd(bytes: Bytes, start: number): number {
  let end = start
  forEachWindow(bytes, start, bytes.size, WINDOW, 0, (window) => {
    const stop = window.findIndex((code) => code > 0x7e || (code < 0x20 && (code < 0x08 || code > 0x0d)))
    end += stop < 0 ? window.length : stop
    return stop < 0
  })
  return end
}

function textBehind(bytes: Bytes, at: number): number | undefined {
  const rest = latin1(bytes.view(at, Math.min(MOST_REST, bytes.size - at)))
  const line = REST.exec(rest)?.[0]
  if (line === undefined) return undefined
  return at + line.length + (rest.startsWith(OPENING, line.length) ? OPENING.length : 0)
}
