import { type Bytes, DecodeError, type StreamEnd } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { lzwDecode } from './lzw.ts'

const HEADER = 3
const WINDOW = 64 * 1024

/** Block mode, the only one that is written since 1985. What ncompress writes with codes of 9 bits it cannot read itself. */
const MAGICS = [10, 11, 12, 13, 14, 15, 16].map((bits) => `\x1f\x9d${String.fromCharCode(0x80 | bits)}`)

export const compress: StreamFormat = {
  kind: 'stream',
  name: 'compress',
  title: 'compress (.Z)',
  references: ['compress(1) of ncompress 4.2.4, compress.c', 'POSIX.1-2024, compress'],
  limits: [
    'found at the start of a file or member only: there is neither a checksum nor an end mark',
    'files without block mode are not read, nor those whose longest code has 9 bits',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: false,

  // The first code is a literal: its ninth bit is 0.
  recognise: (bytes, at) =>
    at + HEADER + 2 <= bytes.size &&
    isHeader(bytes, at) &&
    ((bytes.view(at + HEADER, 2)[1] as number) & 1) === 0,

  decode(bytes, at, write): StreamEnd {
    const start = at + HEADER
    try {
      const options = { mostBits: (bytes.view(at, HEADER)[2] as number) & 0x1f, clears: true }
      const end = lzwDecode(windowed(bytes, start), bytes.size - start, options, write)
      return { end: start + end, checksum: 'none' }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      const { code, message } = error
      return { end: bytes.size, checksum: 'none', problem: { code, message } }
    }
  },
}

function isHeader(bytes: Bytes, at: number): boolean {
  const [first, second, flags = 0] = bytes.view(at, HEADER)
  const mostBits = flags & 0x1f
  return first === 0x1f && second === 0x9d && flags >>> 5 === 4 && mostBits >= 10 && mostBits <= 16
}

/** Small pieces out of large views; fewer bytes where the source ends. */
function windowed(bytes: Bytes, start: number): (at: number, length: number) => Uint8Array {
  let window: Uint8Array = new Uint8Array(0)
  let from = 0
  return (at, length) => {
    if (at + length > from + window.length) {
      from = at
      window = bytes.view(start + at, Math.max(0, Math.min(WINDOW, bytes.size - start - at)))
    }
    return window.subarray(at - from, at - from + length)
  }
}
