import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** How a kernel begins: LZMA with a dictionary of 8 MiB. */
export const MAGIC = '\x5d\0\0\x80'
const FOOTER = 12
const MARK = 0x12345678
const UNIT = 1024
const MOST_PARTS = 16
/** More than the flash of any such device holds. */
const MOST = 16 * 1024 * 1024
const MOST_SIGNATURE = 64

/** OpenWrt firmware-utils, mkbrnimg.c: little endian. */
export interface BrnImage {
  readonly parts: readonly BrnPart[]
  /** What device it is for. */
  readonly signature: string
  readonly end: number
}

export interface BrnPart extends Stored {
  readonly crc: number
}

/**
 * The image at `at`, or undefined: parts that are filled up to kilobytes, each with a footer that tells how long it is, and a
 * text that begins with BRN behind the last one. It is looked for in 16 MiB.
 */
export function parseBrnImage(bytes: Bytes, at: number): BrnImage | undefined {
  if (at + UNIT > bytes.size || latin1(bytes.view(at, MAGIC.length)) !== MAGIC) return undefined
  const limit = Math.min(bytes.size, at + MOST)
  const parts: BrnPart[] = []
  let start = at
  for (let end = at + UNIT; end <= limit && parts.length < MOST_PARTS; end += UNIT) {
    const part = partUpTo(bytes, start, end)
    if (!part) continue
    parts.push(part)
    start = end
    const signature = signatureAt(bytes, end)
    if (signature !== undefined) return { parts, signature, end: end + signature.length + 1 }
  }
  return undefined
}

/** The part whose footer ends there, or undefined where none does: what fills it up is less than a unit and a footer. */
function partUpTo(bytes: Bytes, start: number, end: number): BrnPart | undefined {
  const reader = new Reader(bytes.view(end - FOOTER, FOOTER), 'little')
  const [length, mark, crc] = [reader.u32(), reader.u32(), reader.u32()]
  if (mark !== MARK || length === 0) return undefined
  const taken = Math.ceil((length + FOOTER) / UNIT) * UNIT
  return start + taken === end ? { at: start, length, crc } : undefined
}

function signatureAt(bytes: Bytes, at: number): string | undefined {
  if (at + 4 > bytes.size) return undefined
  const view = bytes.view(at, Math.min(MOST_SIGNATURE, bytes.size - at))
  const text = cString(view)
  return text.length < view.length && /^BRN[\x21-\x7e]+$/.test(text) ? text : undefined
}
