import { type Bytes, sliceBytes } from '../bytes.ts'
import { History } from '../history.ts'
import { BitReader, type PrefixCode } from '../prefix-code.ts'
import { DecodeError } from '../stream-end.ts'
import { MOST_DICTIONARY } from '../xz/stream.ts'
import { Distances } from './distances.ts'
import { Filtered } from './filtered.ts'
import { type RarFilter, rarArm, rarDelta, rarX86 } from './filters.ts'
import { codesOf, readLengths } from './lengths.ts'

/** One packed content; several share a history where the archive is solid. */
export interface RarPiece {
  readonly at: number
  /** Bytes, packed and plain. */
  readonly packed: number
  readonly size: number
}

type Write = (chunk: Uint8Array) => void

/** Literals and lengths, distances, their low bits, and lengths for distances that come again. */
const CODE_SIZES = [306, 64, 16, 44] as const
const ALL_CODES = 430
const SYMBOL = { filter: 256, again: 257, distances: 258, lengths: 262 } as const
/** Matches from further away are longer. */
const FAR = [0x100, 0x2000, 0x4_0000] as const
const MOST_FILTERED = 4 * 1024 * 1024

interface Codes {
  readonly literals: PrefixCode
  readonly distances: PrefixCode
  readonly low: PrefixCode
  readonly repeats: PrefixCode
}

/**
 * Undoes the compression of RAR 5 (version 0 of its method), over one content or over all that are compressed together.
 * `write` may throw to stop; a chunk is valid during the call only.
 * @param dictionary how far back matches reach, in bytes
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function rar5Decompress(
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
      decoder.unpack(sliceBytes(source, at, packed), size)
      history.flush()
      filtered.endOfFile()
    }
  } finally {
    history.flush()
  }
}

/** No more than what comes out at all. @throws DecodeError */
export function rarHistory(pieces: readonly RarPiece[], dictionary: number): number {
  const wanted = Math.min(
    dictionary,
    pieces.reduce((sum, { size }) => sum + size, 0),
  )
  if (wanted > MOST_DICTIONARY)
    throw new DecodeError('unsupported', `RAR: a dictionary of ${wanted} bytes is over ${MOST_DICTIONARY}`)
  return wanted
}

class Decoder {
  readonly #history: History
  readonly #filtered: Filtered
  readonly #distances = new Distances()
  #codes: Codes | undefined
  #lastLength = 0

  constructor(history: History, filtered: Filtered) {
    this.#history = history
    this.#filtered = filtered
  }

  unpack(source: Bytes, size: number): void {
    const fileStart = this.#history.total
    const end = fileStart + size
    for (let at = 0, last = false; !last; ) {
      const block = blockAt(source, at)
      const reader = new BitReader(source.view(block.at, block.size), 0)
      if (block.hasCodes) this.#codes = readCodes(reader)
      if (!this.#codes) throw new DecodeError('corrupt', 'RAR: the first block has no codes')
      this.#block(reader, block.bits, this.#codes, fileStart, end)
      at = block.at + block.size
      last = block.last
    }
    if (this.#history.total < end) throw new DecodeError('truncated', 'RAR: less comes out than there is')
  }

  #block(reader: BitReader, bits: number, codes: Codes, fileStart: number, end: number): void {
    const history = this.#history
    while (reader.position < bits && history.total < end) {
      const symbol = codes.literals.decode(reader)
      if (symbol < SYMBOL.filter) history.literal(symbol)
      else if (symbol === SYMBOL.filter) this.#filter(reader, fileStart)
      else {
        const distance = this.#match(symbol, reader, codes)
        if (this.#lastLength > 0) history.match(distance, Math.min(this.#lastLength, end - history.total))
      }
    }
    if (reader.position > bits) throw new DecodeError('corrupt', 'RAR: a block is longer than it says')
  }

  /** The distance; the length is the last one then. */
  #match(symbol: number, reader: BitReader, codes: Codes): number {
    if (symbol === SYMBOL.again) return this.#distances.at(0)
    if (symbol < SYMBOL.lengths) {
      const distance = this.#distances.again(symbol - SYMBOL.distances)
      this.#lastLength = lengthOf(codes.repeats.decode(reader), reader)
      return distance
    }
    const length = lengthOf(symbol - SYMBOL.lengths, reader)
    const distance = distanceOf(codes.distances.decode(reader), reader, codes.low)
    this.#lastLength = length + FAR.filter((far) => distance > far).length
    this.#distances.add(distance)
    return distance
  }

  #filter(reader: BitReader, fileStart: number): void {
    const start = this.#history.total + numberOf(reader)
    const length = numberOf(reader)
    if (length > MOST_FILTERED) throw new DecodeError('corrupt', `RAR: a filter for ${length} bytes`)
    this.#filtered.add(start, length, fileStart, filterOf(reader))
  }
}

/** One to four bytes, little endian. */
function numberOf(reader: BitReader): number {
  const bytes = reader.bits(2) + 1
  let value = 0
  for (let index = 0; index < bytes; index++) value += reader.bits(8) * 2 ** (8 * index)
  return value
}

function filterOf(reader: BitReader): RarFilter {
  const type = reader.bits(3)
  switch (type) {
    case 0:
      return rarDelta(reader.bits(5) + 1)
    case 1:
      return rarX86(false)
    case 2:
      return rarX86(true)
    case 3:
      return rarArm
    default:
      throw new DecodeError('unsupported', `RAR: the filter ${type} is not known`)
  }
}

function lengthOf(slot: number, reader: BitReader): number {
  if (slot < 8) return slot + 2
  const bits = (slot >>> 2) - 1
  return 2 + ((4 | (slot & 3)) << bits) + reader.bits(bits)
}

function distanceOf(slot: number, reader: BitReader, low: PrefixCode): number {
  if (slot < 4) return slot + 1
  const bits = (slot >>> 1) - 1
  const base = 1 + (2 | (slot & 1)) * 2 ** bits
  if (bits < 4) return base + reader.bits(bits)
  const high = reader.number(bits - 4) * 16
  return base + high + low.decode(reader)
}

interface Block {
  readonly at: number
  /** Bytes, and bits of them. */
  readonly size: number
  readonly bits: number
  readonly hasCodes: boolean
  readonly last: boolean
}

/** The header of a block: flags, a sum over what follows, and one to three bytes of size, little endian. */
function blockAt(source: Bytes, at: number): Block {
  if (at + 3 > source.size) throw new DecodeError('truncated', 'RAR: the data ends early')
  const [flags = 0, sum] = source.view(at, 2)
  const sizeBytes = ((flags >>> 3) & 3) + 1
  if (sizeBytes > 3) throw new DecodeError('corrupt', 'RAR: a block has no size')
  if (at + 2 + sizeBytes > source.size) throw new DecodeError('truncated', 'RAR: the data ends early')
  let size = 0
  let check = 0x5a ^ flags
  for (const [index, byte] of source.view(at + 2, sizeBytes).entries()) {
    size += byte << (8 * index)
    check ^= byte
  }
  if (check !== sum || size === 0) throw new DecodeError('corrupt', 'RAR: the sum of a block differs')
  const start = at + 2 + sizeBytes
  if (start + size > source.size) throw new DecodeError('truncated', 'RAR: the data ends early')
  return {
    at: start,
    size,
    bits: size * 8 - 7 + (flags & 7),
    hasCodes: (flags & 0x80) !== 0,
    last: (flags & 0x40) !== 0,
  }
}

function readCodes(reader: BitReader): Codes {
  const [literals, distances, low, repeats] = codesOf(readLengths(reader, ALL_CODES), CODE_SIZES)
  return { literals, distances, low, repeats } as Codes
}
