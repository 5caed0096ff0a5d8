import { type Bytes, forEachWindow, latin1 } from '@messlatte/bytes'
import { gzip } from '../gzip/index.ts'
import type { Stored } from '../members.ts'

export const START = 'IKCFG_ST'
const END = 'IKCFG_ED'
/** Bytes; compressed configurations have some 20 to 70 KiB. */
const MOST = 512 * 1024
const WINDOW = 64 * 1024
/** What gzip notes of how hard it tried. */
const EFFORTS = new Set([0, 2, 4])

/** A kernel's configuration between its marks (kernel/configs.c). Offsets are of the source. */
export interface Ikconfig {
  /** The gzip stream. */
  readonly config: Stored
  /** Behind the mark at the end. */
  readonly end: number
  /** The bytes end before the mark. */
  readonly cut: boolean
}

export function parseIkconfig(bytes: Bytes, at: number): Ikconfig | undefined {
  const from = at + START.length
  if (from + 10 > bytes.size || latin1(bytes.view(at, START.length)) !== START) return undefined
  if (!gzip.recognise(bytes, from) || !EFFORTS.has(bytes.view(from + 8, 1)[0] as number)) return undefined
  const limit = Math.min(bytes.size, from + MOST)
  const { stop, isStart } = nextMark(bytes, from, limit)
  if (isStart) return undefined
  if (stop !== undefined)
    return { config: { at: from, length: stop - from }, end: stop + END.length, cut: false }
  if (limit < bytes.size) return undefined
  return { config: { at: from, length: limit - begunMark(bytes, from, limit) - from }, end: limit, cut: true }
}

/** Bytes of the mark of the end that are there when it is cut off. */
function begunMark(bytes: Bytes, from: number, limit: number): number {
  const tail = latin1(bytes.view(Math.max(from, limit - END.length), Math.min(limit - from, END.length)))
  let length = END.length - 1
  while (!tail.endsWith(END.slice(0, length))) length--
  return length
}

/** Where the mark of the end stands. Another start ends the search: so no byte is passed over twice. */
function nextMark(bytes: Bytes, from: number, limit: number): { stop?: number; isStart: boolean } {
  let mark: { stop?: number; isStart: boolean } = { isStart: false }
  forEachWindow(bytes, from, limit, WINDOW, END.length - 1, (window, at) => {
    const [stop, next] = [window.indexOf(END, 0, 'latin1'), window.indexOf(START, 0, 'latin1')]
    if (stop < 0 && next < 0) return true
    mark = next >= 0 && (stop < 0 || next < stop) ? { isStart: true } : { stop: at + stop, isStart: false }
    return false
  })
  return mark
}
