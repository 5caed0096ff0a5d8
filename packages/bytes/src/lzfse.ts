import { lzvnBlock } from './lzvn.ts'
import { Reader } from './reader.ts'
import { DecodeError } from './stream-end.ts'

/** Kinds of blocks of a stream (lzfse, src/lzfse_internal.h). */
const STORED = 'bvx-'
const TABLES = 'bvx2'
const LZVN = 'bvxn'
const END = 'bvx$'

/** Symbols and states of the four alphabets: lengths of literals, of matches, distances, literals. */
const SYMBOLS = [20, 20, 64, 256] as const
const STATES = [64, 64, 256, 1024] as const
const FIXED_HEADER = 32

const LENGTH_BITS = [...Array<number>(16).fill(0), 2, 3, 5, 8]
const MATCH_BITS = [...Array<number>(16).fill(0), 3, 5, 8, 11]
const DISTANCE_BITS = Array.from({ length: 64 }, (_, index) => index >> 2)

/** A frequency takes between two and 14 bits; five of them tell how many, and small ones themselves. */
const FREQUENCY_BITS = [2, 3, 2, 5, 2, 3, 2, 8, 2, 3, 2, 5, 2, 3, 2, 14]
const SMALL_FREQUENCIES = [
  0, 2, 1, 4, 0, 3, 1, 0, 0, 2, 1, 5, 0, 3, 1, 0, 0, 2, 1, 6, 0, 3, 1, 0, 0, 2, 1, 7, 0, 3, 1, 0,
]

interface Entry {
  readonly symbol: number
  readonly bits: number
  readonly delta: number
}

/** An LZFSE stream as one block. @returns bytes written @throws DecodeError */
export function lzfseBlock(input: Uint8Array, output: Uint8Array): number {
  let at = 0
  let done = 0
  for (;;) {
    const kind = wordAt(input, at, 4).latin1(4)
    if (kind === END) return done
    const length = wordAt(input, at + 4, 4).u32()
    if (done + length > output.length)
      throw new DecodeError('output-full', 'more comes out than there is room for')
    const target = { output, from: done, to: done + length }
    switch (kind) {
      case STORED:
        output.set(partOf(input, at + 8, length), done)
        at += 8 + length
        break
      case LZVN: {
        const packed = wordAt(input, at + 8, 4).u32()
        if (lzvnBlock(partOf(input, at + 12, packed), output, done, done + length) !== length)
          throw new DecodeError('corrupt', 'a block of another length')
        at += 12 + packed
        break
      }
      case TABLES:
        at = decodeBlock(input, at, target)
        break
      default:
        throw new DecodeError('unsupported', 'a block of another kind')
    }
    done += length
  }
}

function wordAt(input: Uint8Array, at: number, length: number): Reader {
  return new Reader(partOf(input, at, length), 'little')
}

function partOf(input: Uint8Array, at: number, length: number): Uint8Array {
  if (at + length > input.length) throw new DecodeError('truncated', 'the stream ends within a block')
  return input.subarray(at, at + length)
}

interface Target {
  readonly output: Uint8Array
  readonly from: number
  readonly to: number
}

/** Fields of bits, the lowest first. */
function field(word: bigint, at: number, bits: number): number {
  return Number((word >> BigInt(at)) & ((1n << BigInt(bits)) - 1n))
}

/** @returns where the next block begins */
function decodeBlock(input: Uint8Array, at: number, target: Target): number {
  const header = wordAt(input, at + 8, 24)
  const [first, second, third] = [header.u64(), header.u64(), header.u64()]
  const [literals, literalBytes, matches] = [field(first, 0, 20), field(first, 20, 20), field(first, 40, 20)]
  const headerBytes = field(third, 0, 32)
  if (headerBytes < FIXED_HEADER) throw new DecodeError('corrupt', 'a header that is too short')
  const tables = tablesOf(partOf(input, at + FIXED_HEADER, headerBytes - FIXED_HEADER))
  const data = at + headerBytes
  const symbols = literalsOf(
    new BitsBack(partOf(input, data, literalBytes), field(first, 60, 3) - 7),
    tables[3] as readonly Entry[],
    [0, 10, 20, 30].map((from) => field(second, from, 10)),
    literals,
  )
  const matchBytes = field(second, 40, 20)
  const bits = new BitsBack(partOf(input, data + literalBytes, matchBytes), field(second, 60, 3) - 7)
  const states = [field(third, 32, 10), field(third, 42, 10), field(third, 52, 10)]
  copyMatches(bits, tables, states, matches, symbols, target)
  return data + literalBytes + matchBytes
}

function tablesOf(packed: Uint8Array): readonly (readonly Entry[])[] {
  let [word, bits, at] = [0, 0, 0]
  const frequency = () => {
    while (bits <= 16 && at < packed.length) {
      word |= (packed[at++] as number) << bits
      bits += 8
    }
    const low = word & 31
    const length = FREQUENCY_BITS[low & 15] as number
    const value =
      length === 8
        ? 8 + ((word >>> 4) & 15)
        : length === 14
          ? 24 + ((word >>> 4) & 1023)
          : (SMALL_FREQUENCIES[low] as number)
    if (length > bits) throw new DecodeError('corrupt', 'tables that break off')
    word >>>= length
    bits -= length
    return value
  }
  return SYMBOLS.map((count, index) => {
    const frequencies = Array.from({ length: count }, () => (packed.length === 0 ? 0 : frequency()))
    return tableOf(frequencies, STATES[index] as number)
  })
}

/** For each state the symbol, and how the next state comes of it and of so many bits. */
function tableOf(frequencies: readonly number[], states: number): readonly Entry[] {
  const table: Entry[] = []
  for (const [symbol, count] of frequencies.entries()) {
    if (count === 0) continue
    if (table.length + count > states) throw new DecodeError('corrupt', 'a table of too many states')
    const bits = Math.clz32(count) - Math.clz32(states)
    const wide = ((2 * states) >> bits) - count
    for (let index = 0; index < count; index++)
      table.push(
        index < wide
          ? { symbol, bits, delta: ((count + index) << bits) - states }
          : { symbol, bits: bits - 1, delta: (index - wide) << (bits - 1) },
      )
  }
  return table
}

/** Bits from the end of some bytes to their start. */
class BitsBack {
  readonly #bytes: Uint8Array
  #left: number

  /** @param unused bits at the end, as a number that is not above 0 */
  constructor(bytes: Uint8Array, unused: number) {
    this.#bytes = bytes
    this.#left = 8 * bytes.length + unused
  }

  /** Up to 25 bits. */
  pull(count: number): number {
    this.#left -= count
    if (this.#left < 0) throw new DecodeError('corrupt', 'more bits are asked for than there are')
    const at = this.#left >>> 3
    const bytes = this.#bytes
    const word =
      ((bytes[at] ?? 0) |
        ((bytes[at + 1] ?? 0) << 8) |
        ((bytes[at + 2] ?? 0) << 16) |
        ((bytes[at + 3] ?? 0) << 24)) >>>
      (this.#left & 7)
    return word & (2 ** count - 1)
  }
}

function entryAt(table: readonly Entry[], state: number): Entry {
  const entry = table[state]
  if (!entry) throw new DecodeError('corrupt', 'a state that the table does not have')
  return entry
}

/** Four decoders take turns. */
function literalsOf(bits: BitsBack, table: readonly Entry[], states: number[], count: number): Uint8Array {
  const out = new Uint8Array(count)
  for (let index = 0; index < count; index++) {
    const entry = entryAt(table, states[index & 3] as number)
    states[index & 3] = entry.delta + bits.pull(entry.bits)
    out[index] = entry.symbol
  }
  return out
}

/** Of symbols: the smallest value of each, by the bits that are added to those before it. */
function basesOf(bits: readonly number[]): readonly number[] {
  const bases = [0]
  for (const count of bits) bases.push((bases.at(-1) as number) + 2 ** count)
  return bases
}

const ALPHABETS = [LENGTH_BITS, MATCH_BITS, DISTANCE_BITS].map((bits) => ({ bits, bases: basesOf(bits) }))

function copyMatches(
  bits: BitsBack,
  tables: readonly (readonly Entry[])[],
  states: number[],
  matches: number,
  literals: Uint8Array,
  { output, from, to }: Target,
): void {
  let [at, literal, distance] = [from, 0, 0]
  const value = (alphabet: number) => {
    const entry = entryAt(tables[alphabet] as readonly Entry[], states[alphabet] as number)
    const { bits: extra, bases } = ALPHABETS[alphabet] as (typeof ALPHABETS)[number]
    states[alphabet] = entry.delta + bits.pull(entry.bits)
    return (bases[entry.symbol] as number) + bits.pull(extra[entry.symbol] as number)
  }
  for (let count = 0; count < matches; count++) {
    const [length, match] = [value(0), value(1)]
    distance = value(2) || distance
    if (literal + length > literals.length || at + length + match > to)
      throw new DecodeError('corrupt', 'a match that goes over the end')
    output.set(literals.subarray(literal, literal + length), at)
    literal += length
    at += length
    if (match > 0 && (distance < 1 || distance > at))
      throw new DecodeError('corrupt', 'a match before the beginning')
    for (let index = 0; index < match; index++, at++) output[at] = output[at - distance] as number
  }
  const rest = to - at
  if (rest > 0) throw new DecodeError('corrupt', `${rest} bytes of a block are missing`)
}
