import { type Bytes, type Endian, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'CSYS'
const EARLY = 12
const LATER = 20
const SUM = 2
const MODEL = /^[A-Z0-9]{4}$/
/** Three bits in front of an address: the early layout's processors, of MIPS, have code in their unmapped segments. */
const SEGMENTS: readonly number[] = [4, 5]
/** More than the flash of any such device holds. */
const MOST = 32 * 1024 * 1024
const WINDOW = 256 * 1024

/** OpenWrt firmware-utils, mkcsysimg.c and mkedimaximg.c. */
export interface EdimaxCsys {
  readonly content: Stored
  /** The byte order in which the sum holds; undefined where it holds in none. */
  readonly summed: Endian | undefined
  readonly end: number
}

/** The block at `at`, or undefined for what is none. */
export function parseEdimaxCsys(bytes: Bytes, at: number): EdimaxCsys | undefined {
  if (at + LATER > bytes.size) return undefined
  const header = bytes.view(at, LATER)
  if (latin1(header.subarray(0, MAGIC.length)) !== MAGIC) return undefined
  const later = laterLayout(bytes, at, header)
  const early = earlyLayout(bytes, at, header)
  // Code may begin with what looks like a model: then the sum decides.
  return later?.summed ? later : early?.summed ? early : (later ?? early)
}

function laterLayout(bytes: Bytes, at: number, header: Uint8Array): EdimaxCsys | undefined {
  if (!MODEL.test(latin1(header.subarray(12, 16)))) return undefined
  for (const endian of ['little', 'big'] as const) {
    const size = new Reader(header, endian, 16).u32()
    if (size <= SUM || size > MOST) continue
    const from = at + LATER
    const end = from + size
    const summed = end <= bytes.size && sumOfWords(bytes, from, size, endian) === 0 ? endian : undefined
    return { content: { at: from, length: size - SUM }, summed, end }
  }
  return undefined
}

function earlyLayout(bytes: Bytes, at: number, header: Uint8Array): EdimaxCsys | undefined {
  const [address, size] = [new Reader(header, 'little', 4).u32(), new Reader(header, 'little', 8).u32()]
  if (!SEGMENTS.includes(address >>> 29) || size === 0 || size > MOST) return undefined
  const from = at + EARLY
  const end = from + size + SUM
  const summed =
    end <= bytes.size && sumOfWords(bytes, from, size + SUM, 'little') === 0 ? 'little' : undefined
  return { content: { at: from, length: size }, summed, end }
}

/** Modulo 2^16. @throws BytesError */
function sumOfWords(bytes: Bytes, at: number, length: number, endian: Endian): number {
  const [low, high] = endian === 'little' ? [0, 1] : [1, 0]
  let sum = 0
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    for (let place = 0; place < window.length; place += 2)
      sum += (window[place + low] ?? 0) + ((window[place + high] ?? 0) << 8)
    return true
  })
  return sum & 0xffff
}
