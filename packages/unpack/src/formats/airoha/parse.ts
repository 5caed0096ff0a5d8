import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Behind the digest and filler: the last of it, and the first field with its length. */
export const MAGIC_AT = 240
const HEADER = 256
const SUITS = [0, 1, 2]
export const MAGICS: readonly string[] = SUITS.flatMap((compression) =>
  SUITS.map((check) => `${'\xff'.repeat(16)}\x11\0\x0a\0${String.fromCharCode(compression, check)}`),
)
const COMPRESSIONS = ['none', 'lzma', 'encrypted'] as const

export interface AirohaHeader {
  /** SHA-256 of what follows it, in hex. */
  readonly digest: string
  readonly compression: (typeof COMPRESSIONS)[number]
  readonly firmware: Stored
}

/** The header at `at` (little endian), or undefined for what is none. */
export function parseAiroha(bytes: Bytes, at: number): AirohaHeader | undefined {
  if (at + HEADER + 14 > bytes.size) return undefined
  const view = bytes.view(at, HEADER + 14)
  if (!MAGICS.includes(latin1(view.subarray(MAGIC_AT, MAGIC_AT + 22)))) return undefined
  if (!view.subarray(32, MAGIC_AT).every((byte) => byte === 0xff)) return undefined
  const reader = new Reader(view, 'little', HEADER + 6)
  const [offset, length] = [reader.u32(), reader.u32()]
  const compression = COMPRESSIONS[view[HEADER + 4] as number]
  if (offset < HEADER + 14 || length === 0 || compression === undefined || at + offset > bytes.size)
    return undefined
  return {
    digest: Buffer.from(view.subarray(0, 32)).toString('hex'),
    compression,
    firmware: { at: at + offset, length },
  }
}

export interface AirohaSection {
  /** In what is unpacked, and in memory. */
  readonly offset: number
  readonly address: number
  /** Bytes. */
  readonly length: number
}

const MOVES = 0x12
const MOST_FIELDS = 100
const MOST_SECTIONS = 1000

/** Where parts of the firmware belong in memory, as far as the fields behind the header tell. */
export function sectionsOf(bytes: Bytes, start: number): readonly AirohaSection[] {
  let at = start + HEADER
  for (let field = 0; field < MOST_FIELDS && at + 4 <= bytes.size; field++) {
    const reader = new Reader(bytes.view(at, 4), 'little')
    const [kind, length] = [reader.u16(), reader.u16()]
    if (at + 4 + length > bytes.size) return []
    if (kind === MOVES && length >= 4) return readSections(bytes.view(at + 4, length))
    at += 4 + length
  }
  return []
}

function readSections(view: Uint8Array): readonly AirohaSection[] {
  const reader = new Reader(view, 'little')
  const count = Math.min(reader.u32(), Math.floor(reader.left / 12), MOST_SECTIONS)
  return Array.from({ length: count }, () => {
    const [offset, length, address] = [reader.u32(), reader.u32(), reader.u32()]
    return { offset, address, length }
  })
}
