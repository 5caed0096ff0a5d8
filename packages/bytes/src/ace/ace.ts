import { History } from '../history.ts'
import { BitReader } from '../prefix-code.ts'
import { DecodeError } from '../stream-end.ts'
import { type AceCode, readCode } from './code.ts'
import { createDelta, createExe, type LastByte, type Undoing } from './undoing.ts'

type Write = (chunk: Uint8Array) => void

export type AceMethod = 'stored' | 'lz77' | 'blocked'

/** Symbols: literals, the last four distances, distances by their bits, and the mark of another mode. */
const [LITERALS, LAST_DISTANCES, MARK] = [256, 260, 283] as const
const [SYMBOLS, LENGTHS] = [284, 255] as const
/** From these distances on a match is a byte longer than its code says. */
const [MIDDLE, FAR] = [256, 8192] as const
const [PLAIN, DELTA, EXE] = [0, 1, 2] as const
/** Matches of members of one solid archive reach back into those before. */
const MOST_WINDOW = 4 * 1024 * 1024

/** The decoder of an archive; members of a solid one go through it in their order. */
export class AceDecoder {
  readonly #out: History
  #sink: Write = () => {}

  /** @param window how far back matches reach, in bytes */
  constructor(window: number) {
    this.#out = new History(Math.min(window, MOST_WINDOW), (chunk) => this.#sink(chunk))
  }

  /**
   * Undoes ACE 1 (LZ77 with prefix codes) and ACE 2 (the same in stretches, some of which were changed before). `write` may
   * throw to stop; a chunk is valid during the call only.
   * @param size bytes that come out
   * @throws DecodeError, after what came before the damage has been delivered
   */
  decode(input: Uint8Array, method: AceMethod, size: number, write: Write): void {
    this.#sink = write
    try {
      if (method === 'stored') for (const byte of input.subarray(0, size)) this.#out.literal(byte)
      else this.#unpack(new BitReader(swapped(input), 0), method === 'blocked', size, write)
    } finally {
      this.#out.flush()
    }
  }

  #unpack(reader: BitReader, isBlocked: boolean, size: number, write: Write): void {
    const out = this.#out
    const start = out.total
    const distances = [0, 0, 0, 0]
    let [symbols, lengths]: [AceCode?, AceCode?] = []
    let undoing: Undoing | undefined
    const last = { value: 0 }
    let left = 0
    while (out.total - start < size) {
      if (left === 0 || !symbols || !lengths) {
        symbols = readCode(reader, SYMBOLS)
        lengths = readCode(reader, LENGTHS)
        left = reader.bits(15)
        if (reader.isOver) throw new DecodeError('truncated', 'ACE: the data ends early')
        continue
      }
      left--
      const symbol = symbols.read(reader)
      if (symbol < LITERALS) out.literal(symbol)
      else if (symbol < MARK) {
        const { distance, length } = match(symbol, reader, lengths, distances)
        if (length > size - (out.total - start)) throw new DecodeError('corrupt', 'ACE: a match is too long')
        out.match(distance, length)
      } else if (symbol === MARK && isBlocked) {
        out.flush()
        undoing?.end()
        undoing = readMode(reader, out.total - start, last, write)
        this.#sink = undoing?.add ?? write
      } else throw new DecodeError('corrupt', 'ACE: a symbol that means nothing')
    }
    out.flush()
    undoing?.end()
  }
}

function match(
  symbol: number,
  reader: BitReader,
  lengths: AceCode,
  distances: number[],
): { readonly distance: number; readonly length: number } {
  if (symbol < LAST_DISTANCES) {
    const back = symbol - LITERALS
    const [before = 0] = distances.splice(3 - back, 1)
    distances.push(before)
    return { distance: before + 1, length: lengths.read(reader) + (back > 1 ? 3 : 2) }
  }
  const bits = symbol - LAST_DISTANCES
  // The highest bit is always set, and not told.
  const before = bits < 2 ? bits : 2 ** (bits - 1) + reader.number(bits - 1)
  distances.shift()
  distances.push(before)
  const more = before < MIDDLE ? 2 : before < FAR ? 3 : 4
  return { distance: before + 1, length: lengths.read(reader) + more }
}

function readMode(reader: BitReader, at: number, last: LastByte, write: Write): Undoing | undefined {
  const kind = reader.bits(8)
  switch (kind) {
    case PLAIN:
      return undefined
    case DELTA: {
      const [planes, length] = [reader.bits(8), reader.number(17)]
      return createDelta(planes, length, last, write)
    }
    case EXE:
      return createExe(reader.bits(8) !== 0, at, write)
    default:
      throw new DecodeError('unsupported', `ACE: a stretch of sound or a picture (mode ${kind})`)
  }
}

/** Bits are taken out of words of 32 bits, little endian, highest first. */
function swapped(input: Uint8Array): Uint8Array {
  const copy = Buffer.alloc(Math.ceil(input.length / 4) * 4)
  copy.set(input)
  return copy.swap32()
}
