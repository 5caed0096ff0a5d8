import type { Bytes, Endian } from '@messlatte/bytes'
import { HEADER, isMagic, NODE, type NodeHeader, readHeader } from './nodes.ts'

/** Bytes between two nodes that are neither a node nor erased flash; behind more of them the file system is over. */
const MOST_GARBAGE = 64 * 1024
/** Erased flash of fewer bytes may be what is left of a page; behind more of it a new erase block begins. */
const SHORT_BLANK = 16
/** Smallest erase block of any flash, in bytes; all others are multiples of it. */
const SMALLEST_BLOCK = 4096
/** Nodes are told by 32-bit offsets. */
const MOST = 2 ** 32 - 1
const WINDOW = 4096

export interface WalkEnd {
  /** Behind the last erase block, as far as its size can be told: else behind the last node. */
  readonly end: number
  /** Bytes; undefined where nothing tells it. */
  readonly eraseBlock: number | undefined
  readonly truncated: boolean
  /** Bytes between nodes that are neither a node nor erased flash. */
  readonly garbage: number
}

/** Shows all nodes from `start` on, valid and obsolete ones; returning false ends the walk. */
export function walkNodes(
  bytes: Bytes,
  start: number,
  endian: Endian,
  show: (node: NodeHeader) => boolean | undefined,
): WalkEnd {
  const size = Math.min(bytes.size, start + MOST)
  let end = start
  let block = 0
  let garbage = 0
  let truncated = false
  for (let at = start; ; ) {
    const found = nextNode(bytes, at, size, endian)
    if (!found) break
    const { header } = found
    garbage += found.garbage
    if (header.type === NODE.cleanmarker || found.blankBefore >= SHORT_BLANK)
      block = greatestDivisor(block, header.at - start)
    // A summary is the last node of its erase block, and fills it up.
    if (header.type === NODE.summary) block = greatestDivisor(block, header.at + header.length - start)
    if (header.at + header.length > size) {
      end = size
      truncated = true
      break
    }
    at = header.at + Math.ceil(header.length / 4) * 4
    end = Math.min(at, size)
    if (show(header) === false) break
  }
  const known = block > 0 && block % SMALLEST_BLOCK === 0
  return {
    end: known ? behindBlock(bytes, start, end, block) : end,
    eraseBlock: known ? block : undefined,
    truncated,
    garbage,
  }
}

interface Found {
  readonly header: NodeHeader
  /** Bytes before it that are neither a node nor erased. */
  readonly garbage: number
  /** Erased bytes directly before it. */
  readonly blankBefore: number
}

/** The next node from `from` on. */
function nextNode(bytes: Bytes, from: number, size: number, endian: Endian): Found | undefined {
  let blank = 0
  let run = 0
  for (let at = from; at + HEADER <= size; ) {
    const header = readHeader(bytes, at, endian)
    if (header) return { header, garbage: at - from - blank, blankBefore: run }
    const view = bytes.view(at, Math.min(WINDOW, size - at) & ~3)
    // What stands first was tried already.
    let index = 0
    do {
      run = isBlankWord(view, index) ? run + 4 : 0
      if (run > 0) blank += 4
      index += 4
    } while (index < view.length && !isMagic(view, index, endian))
    at += index
    if (at - from - blank > MOST_GARBAGE) return undefined
  }
  return undefined
}

function isBlankWord(view: Uint8Array, at: number): boolean {
  return view[at] === 0xff && view[at + 1] === 0xff && view[at + 2] === 0xff && view[at + 3] === 0xff
}

function greatestDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b]
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller]
  return larger
}

/** The end of the erase block in which `end` lies, if that is erased up to there. */
function behindBlock(bytes: Bytes, start: number, end: number, block: number): number {
  const whole = Math.min(start + Math.ceil((end - start) / block) * block, bytes.size)
  for (let at = end; at < whole; at += WINDOW) {
    if (bytes.view(at, Math.min(WINDOW, whole - at)).some((byte) => byte !== 0xff)) return end
  }
  return whole
}
