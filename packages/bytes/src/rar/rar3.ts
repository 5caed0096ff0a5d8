import { type Bytes, sliceBytes } from '../bytes.ts'
import { History } from '../history.ts'
import { BitReader, type PrefixCode } from '../prefix-code.ts'
import { DecodeError } from '../stream-end.ts'
import { Distances } from './distances.ts'
import { Filtered } from './filtered.ts'
import { codesOf, readLengths } from './lengths.ts'
import { type RarPiece, rarHistory } from './rar5.ts'
import { Text } from './text.ts'
import { Programs } from './vm.ts'

type Write = (chunk: Uint8Array) => void

/** Literals and lengths, distances, their low bits, and lengths for distances that come again. */
const CODE_SIZES = [299, 60, 17, 28] as const
const ALL_CODES = 404
const SYMBOL = { end: 256, filter: 257, again: 258, distances: 259, near: 263, lengths: 271 } as const
/** Matches from further away are longer. */
const FAR = [0x2000, 0x4_0000] as const
const NEAR = [0, 4, 8, 16, 32, 64, 128, 192] as const
const NEAR_BITS = [2, 2, 3, 4, 5, 6, 6, 6] as const
/** How often the low bits of a distance are the same again, after the symbol for that. */
const SAME_LOW = 16
const LOW_AGAIN = 15

/** For each slot of distances its bits, and where it begins. */
const DISTANCE_BITS = Array.from({ length: 60 }, (_, slot) =>
  slot < 4 ? 0 : slot < 34 ? (slot >>> 1) - 1 : slot < 48 ? 16 : 18,
)
const DISTANCES = DISTANCE_BITS.map((_, slot) =>
  DISTANCE_BITS.slice(0, slot).reduce((sum, bits) => sum + 2 ** bits, 0),
)

interface Codes {
  readonly literals: PrefixCode
  readonly distances: PrefixCode
  readonly low: PrefixCode
  readonly repeats: PrefixCode
}

/**
 * Undoes the compression of RAR 3 and 4 (version 29 of its method), over one content or over all that are
 * compressed together. `write` may throw to stop; a chunk is valid during the call only.
 * @param dictionary how far back matches reach, in bytes
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function rar3Decompress(
  source: Bytes,
  pieces: readonly RarPiece[],
  dictionary: number,
  write: Write,
): void {
  const filtered = new Filtered(write)
  const history = new History(rarHistory(pieces, dictionary), (chunk) => filtered.take(chunk))
  const decoder = new Decoder(history, filtered)
  try {
    for (const { at, packed, size } of pieces) {
      decoder.unpack(new Input(sliceBytes(source, at, packed)), size)
      history.flush()
      filtered.endOfFile()
    }
  } finally {
    history.flush()
  }
}

const WINDOW = 1024 * 1024
/** No symbol with all that belongs to it is longer, in bytes. */
const MARGIN = 128 * 1024

/** Bits of a source of any length. */
class Input {
  readonly #source: Bytes
  #at = 0
  #reader: BitReader
  #limit: number

  constructor(source: Bytes) {
    this.#source = source
    this.#reader = this.#open(0)
    this.#limit = this.#limitOf()
  }

  /** With what belongs to the next symbol in it. */
  get reader(): BitReader {
    const { position } = this.#reader
    if (position > this.#limit) {
      this.#at += position >>> 3
      this.#reader = this.#open(position & 7)
      this.#limit = this.#limitOf()
    }
    return this.#reader
  }

  #open(bits: number): BitReader {
    const reader = new BitReader(
      this.#source.view(this.#at, Math.min(WINDOW, this.#source.size - this.#at)),
      0,
    )
    reader.bits(bits)
    return reader
  }

  #limitOf(): number {
    return this.#at + WINDOW < this.#source.size ? (WINDOW - MARGIN) * 8 : Number.POSITIVE_INFINITY
  }
}

class Decoder {
  readonly #history: History
  readonly #filtered: Filtered
  readonly #distances = new Distances()
  readonly #programs = new Programs()
  readonly #text = new Text()
  #isText = false
  #fileStart = 0
  #codes: Codes | undefined
  #lengths: Uint8Array = new Uint8Array(ALL_CODES)
  #lastLength = 0
  #lastLow = 0
  #lowAgain = 0

  constructor(history: History, filtered: Filtered) {
    this.#history = history
    this.#filtered = filtered
  }

  unpack(input: Input, size: number): void {
    const history = this.#history
    const end = history.total + size
    this.#fileStart = history.total
    this.#text.open(() => input.reader.bits(8))
    if (!this.#codes && !this.#isText) this.#readTables(input.reader)
    while (history.total < end)
      if (!(this.#isText ? this.#textStep(input, end) : this.#unpackCodes(input, end))) break
    if (history.total < end) throw new DecodeError('truncated', 'RAR: less comes out than there is')
    this.#finish(input)
  }

  /** Up to the end, or to a block of another kind. @returns false behind the last block */
  #unpackCodes(input: Input, end: number): boolean {
    const history = this.#history
    let codes = this.#codes as Codes
    while (history.total < end) {
      const { reader } = input
      const symbol = codes.literals.decode(reader)
      if (symbol < SYMBOL.end) history.literal(symbol)
      else if (symbol === SYMBOL.end) {
        if (!this.#goesOn(reader)) return false
        this.#readTables(reader)
        if (this.#isText) return true
        codes = this.#codes as Codes
      } else if (symbol === SYMBOL.filter) this.#filter(() => this.#byteOf(reader))
      else {
        const distance = this.#match(symbol, reader, codes)
        if (this.#lastLength > 0) history.match(distance, Math.min(this.#lastLength, end - history.total))
      }
      if (reader.isOver) throw new DecodeError('truncated', 'RAR: the data ends early')
    }
    return true
  }

  /** One symbol of text, with what belongs to it. @returns false behind the last one */
  #textStep(input: Input, end: number): boolean {
    const history = this.#history
    const step = this.#text.next()
    if (input.reader.isOver) throw new DecodeError('truncated', 'RAR: the data ends early')
    switch (step.kind) {
      case 'end':
        return false
      case 'tables':
        this.#readTables(input.reader)
        return true
      case 'literal':
        history.literal(step.symbol)
        return true
      case 'filter':
        this.#filter(() => this.#text.symbol())
        return true
      case 'match':
        history.match(step.distance, Math.min(step.length, end - history.total))
        return true
    }
  }

  /** What ends a content says whether the next one has codes of its own. All came out: that the mark is missing costs nothing. */
  #finish(input: Input): void {
    try {
      for (;;) {
        if (this.#isText) {
          if (this.#text.next().kind !== 'tables') return
        } else if (
          (this.#codes as Codes).literals.decode(input.reader) !== SYMBOL.end ||
          input.reader.isOver ||
          !this.#goesOn(input.reader)
        )
          return
        this.#readTables(input.reader)
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
    }
  }

  /** Behind a block: whether another one of this content follows. */
  #goesOn(reader: BitReader): boolean {
    if (reader.bits(1) === 1) return true
    if (reader.bits(1) === 1) this.#codes = undefined
    return false
  }

  /** A block begins with codes, or says that text follows. */
  #readTables(reader: BitReader): void {
    reader.bits(-reader.position & 7)
    this.#isText = reader.bits(1) === 1
    if (this.#isText) {
      this.#text.begin(reader.bits(7))
      return
    }
    const before = reader.bits(1) === 1 ? this.#lengths : undefined
    this.#lengths = readLengths(reader, ALL_CODES, before)
    this.#lastLow = 0
    this.#lowAgain = 0
    const [literals, distances, low, repeats] = codesOf(this.#lengths, CODE_SIZES)
    this.#codes = { literals, distances, low, repeats } as Codes
  }

  /** The distance; the length is the last one then. */
  #match(symbol: number, reader: BitReader, codes: Codes): number {
    if (symbol === SYMBOL.again) return this.#distances.at(0)
    if (symbol < SYMBOL.near) {
      const distance = this.#distances.again(symbol - SYMBOL.distances)
      this.#lastLength = lengthOf(codes.repeats.decode(reader), reader) + 2
      return distance
    }
    if (symbol < SYMBOL.lengths) {
      const slot = symbol - SYMBOL.near
      const distance = (NEAR[slot] as number) + 1 + reader.bits(NEAR_BITS[slot] as number)
      this.#lastLength = 2
      this.#distances.add(distance)
      return distance
    }
    const length = lengthOf(symbol - SYMBOL.lengths, reader) + 3
    const distance = this.#distance(codes.distances.decode(reader), reader, codes.low)
    this.#lastLength = length + FAR.filter((far) => distance >= far).length
    this.#distances.add(distance)
    return distance
  }

  #distance(slot: number, reader: BitReader, low: PrefixCode): number {
    const bits = DISTANCE_BITS[slot] as number
    const base = (DISTANCES[slot] as number) + 1
    if (slot <= 9) return base + reader.bits(bits)
    return base + reader.number(bits - 4) * 16 + this.#low(reader, low)
  }

  #low(reader: BitReader, code: PrefixCode): number {
    if (this.#lowAgain > 0) this.#lowAgain--
    else {
      const symbol = code.decode(reader)
      if (symbol === SAME_LOW) this.#lowAgain = LOW_AGAIN
      else this.#lastLow = symbol
    }
    return this.#lastLow
  }

  #byteOf(reader: BitReader): number {
    if (reader.isOver) throw new DecodeError('truncated', 'RAR: the data ends early')
    return reader.bits(8)
  }

  /** Flags, a length of one to three bytes, and what the filter's machine reads. */
  #filter(next: () => number): void {
    const flags = next()
    const short = (flags & 7) + 1
    const length = short < 7 ? short : short === 7 ? next() + 7 : next() * 256 + next()
    const code = Uint8Array.from({ length }, next)
    this.#programs.add(flags, code, this.#history.total, this.#fileStart, this.#filtered)
  }
}

function lengthOf(slot: number, reader: BitReader): number {
  if (slot < 8) return slot
  const bits = (slot >>> 2) - 1
  return ((4 | (slot & 3)) << bits) + reader.bits(bits)
}
