import { DecodeError } from '@messlatte/bytes'
import { lzwDecode } from '../compress/lzw.ts'

type Write = (chunk: Uint8Array) => void

const MARK = 0x90
const END = 256
const CHUNK = 64 * 1024
const [CRUNCHED, SQUASHED] = [8, 9]
const SQUASHED_BITS = 13

/** Methods that are undone: stored, runs, prefix codes, and LZW of two kinds. */
export const METHODS: ReadonlySet<number> = new Set([1, 2, 3, 4, CRUNCHED, SQUASHED])

/** @throws DecodeError, after what came before the damage has been delivered */
export function unpackArc(input: Uint8Array, method: number, write: Write): void {
  if (method <= 2) write(input)
  else if (method === SQUASHED) lzw(input, SQUASHED_BITS, write)
  else {
    const runs = createRuns(write)
    try {
      if (method === 3) runs.add(input)
      else if (method === 4) squeezed(input, (chunk) => runs.add(chunk))
      else crunched(input, (chunk) => runs.add(chunk))
    } finally {
      runs.end()
    }
  }
}

function crunched(input: Uint8Array, write: Write): void {
  const [bits = 0] = input
  if (bits < 10 || bits > 16) throw new DecodeError('corrupt', `ARC: codes of ${bits} bits`)
  lzw(input.subarray(1), bits, write)
}

function lzw(input: Uint8Array, mostBits: number, write: Write): void {
  lzwDecode((at, length) => input.subarray(at, at + length), input.length, { mostBits, clears: true }, write)
}

interface Runs {
  add(chunk: Uint8Array): void
  end(): void
}

/** A mark and a count stand for the byte before, so many times in all; a mark and zero for the mark itself. */
function createRuns(write: Write): Runs {
  const out = new Uint8Array(CHUNK)
  let filled = 0
  let last = 0
  let isMarked = false

  function put(byte: number, count: number): void {
    for (let left = count; left > 0; left--) {
      if (filled === CHUNK) flush()
      out[filled++] = byte
    }
  }

  function flush(): void {
    if (filled > 0) write(out.subarray(0, filled))
    filled = 0
  }

  return {
    add(chunk) {
      for (const byte of chunk) {
        if (isMarked) {
          if (byte === 0) {
            put(MARK, 1)
            last = MARK
          } else put(last, byte - 1)
          isMarked = false
        } else if (byte === MARK) isMarked = true
        else {
          last = byte
          put(byte, 1)
        }
      }
    },
    end: flush,
  }
}

/** A tree of up to 256 nodes with two children each, 16 bits, little endian; what is negative is a leaf. Bits lowest first. */
function squeezed(input: Uint8Array, write: Write): void {
  const count = (input[0] ?? 0) | ((input[1] ?? 0) << 8)
  const start = 2 + 4 * count
  if (count > END || start > input.length) throw new DecodeError('corrupt', `ARC: a tree of ${count} nodes`)
  const children = new DataView(input.buffer, input.byteOffset + 2, 4 * count)
  const out = new Uint8Array(CHUNK)
  let filled = 0
  let node = 0
  for (let bit = start * 8; count > 0 && bit < input.length * 8; bit++) {
    const side = ((input[bit >>> 3] as number) >>> (bit & 7)) & 1
    node = children.getInt16(4 * node + 2 * side, true)
    if (node >= count) throw new DecodeError('corrupt', 'ARC: a node that is not there')
    if (node >= 0) continue
    const symbol = -node - 1
    if (symbol >= END) {
      write(out.subarray(0, filled))
      return
    }
    out[filled++] = symbol
    if (filled === CHUNK) {
      write(out)
      filled = 0
    }
    node = 0
  }
  write(out.subarray(0, filled))
  if (count > 0) throw new DecodeError('truncated', 'ARC: the data ends early')
}
