import { History } from './history.ts'
import { BitReader } from './prefix-code.ts'
import { DecodeError } from './stream-end.ts'

/** Bytes that come out of each block but the last. */
const FRAME = 32_768
const [LEAST_WINDOW, MOST_WINDOW] = [10, 21]
/** Frequencies are made smaller from here on, and symbols sorted anew after so many times. */
const [MOST_FREQUENCY, STEP, FIRST_SORT, NEXT_SORT] = [3800, 8, 4, 50]

/** How many bits follow a class of distances, and where it begins. */
const DISTANCE_BITS = Array.from({ length: 2 * MOST_WINDOW }, (_, slot) => (slot < 4 ? 0 : (slot >> 1) - 1))
const DISTANCE_BASES = basesOf(DISTANCE_BITS)
/** The same for lengths; the last class is one length. */
const LENGTH_BITS = Array.from({ length: 27 }, (_, slot) => (slot < 6 || slot === 26 ? 0 : (slot - 2) >> 2))
const LENGTH_BASES = basesOf(LENGTH_BITS)

function basesOf(bits: readonly number[]): number[] {
  let base = 0
  return bits.map((count) => {
    base += 2 ** count
    return base - 2 ** count
  })
}

/** Symbols with how often they came, the most frequent ones first; each frequency holds those behind it. */
class Model {
  readonly #symbols: Uint16Array
  readonly #sums: Uint16Array
  #untilSort = FIRST_SORT

  constructor(first: number, count: number) {
    this.#symbols = Uint16Array.from({ length: count }, (_, index) => first + index)
    this.#sums = Uint16Array.from({ length: count + 1 }, (_, index) => count - index)
  }

  get total(): number {
    return this.#sums[0] as number
  }

  /** The symbol in whose share the place lies, and the share; it becomes more frequent. */
  take(place: number, share: (low: number, high: number, total: number) => void): number {
    const sums = this.#sums
    let index = 1
    while (index < this.#symbols.length && (sums[index] as number) > place) index++
    const symbol = this.#symbols[index - 1] as number
    share(sums[index] as number, sums[index - 1] as number, this.total)
    for (let at = 0; at < index; at++) sums[at] = (sums[at] as number) + STEP
    if (this.total > MOST_FREQUENCY) this.#shrink()
    return symbol
  }

  #shrink(): void {
    const sums = this.#sums
    const last = this.#symbols.length - 1
    this.#untilSort--
    if (this.#untilSort > 0) {
      for (let at = last; at >= 0; at--)
        sums[at] = Math.max((sums[at] as number) >>> 1, (sums[at + 1] as number) + 1)
      return
    }
    this.#untilSort = NEXT_SORT
    for (let at = 0; at <= last; at++) sums[at] = ((sums[at] as number) - (sums[at + 1] as number) + 1) >>> 1
    this.#sort()
    for (let at = last; at >= 0; at--) sums[at] = (sums[at] as number) + (sums[at + 1] as number)
  }

  /** Which of equal ones comes first follows from the order of the exchanges. */
  #sort(): void {
    const [sums, symbols] = [this.#sums, this.#symbols]
    for (let at = 0; at < symbols.length - 1; at++)
      for (let other = at + 1; other < symbols.length; other++) {
        if ((sums[at] as number) >= (sums[other] as number)) continue
        exchange(sums, at, other)
        exchange(symbols, at, other)
      }
  }
}

function exchange(list: Uint16Array, one: number, other: number): void {
  const value = list[one] as number
  list[one] = list[other] as number
  list[other] = value
}

/** Arithmetic decoding with 16 bits; begins anew with each block. */
class Range {
  readonly bits: BitReader
  #low = 0
  #high = 0xffff
  #code: number

  constructor(data: Uint8Array) {
    this.bits = new BitReader(data, 0)
    this.#code = this.bits.bits(16)
  }

  /** @throws DecodeError where it goes on behind the data */
  symbol(model: Model): number {
    const range = this.#high - this.#low + 1
    const place = Math.floor(((this.#code - this.#low + 1) * model.total - 1) / range) & 0xffff
    const symbol = model.take(place, (low, high, total) => {
      this.#high = (this.#low + Math.floor((high * range) / total) - 1) & 0xffff
      this.#low = (this.#low + Math.floor((low * range) / total)) & 0xffff
    })
    this.#normalize()
    if (this.bits.isOver) throw new DecodeError('truncated', 'quantum: it ends within a block')
    if (this.#high < this.#low) throw new DecodeError('corrupt', 'quantum: an empty range')
    return symbol
  }

  #normalize(): void {
    for (;;) {
      if ((this.#low ^ this.#high) & 0x8000) {
        if ((this.#low & 0x4000) === 0 || (this.#high & 0x4000) !== 0) return
        this.#code ^= 0x4000
        this.#low &= 0x3fff
        this.#high |= 0x4000
      }
      this.#low = (this.#low << 1) & 0xffff
      this.#high = ((this.#high << 1) | 1) & 0xffff
      this.#code = ((this.#code << 1) | this.bits.bits(1)) & 0xffff
    }
  }
}

export interface QuantumDecoder {
  /** @param size bytes that come out, 32 KiB at most @throws DecodeError */
  frame(data: Uint8Array, size: number): Uint8Array
}

/**
 * Quantum as cabinets have it: blocks one behind the other, each with its packed bytes. Facts: libmspack, qtmd.c.
 * @param windowBits 10 to 21
 * @throws DecodeError
 */
export function createQuantum(windowBits: number): QuantumDecoder {
  if (windowBits < LEAST_WINDOW || windowBits > MOST_WINDOW)
    throw new DecodeError('unsupported', `quantum: a window of 2^${windowBits} bytes`)
  const selectors = new Model(0, 7)
  const literals = [0, 64, 128, 192].map((first) => new Model(first, 64))
  const distances = [24, 36, 42].map((most) => new Model(0, Math.min(most, 2 * windowBits)))
  const lengths = new Model(0, LENGTH_BITS.length)
  let pieces: Buffer[] = []
  let done = 0
  const history = new History(2 ** windowBits, (chunk) => pieces.push(Buffer.from(chunk)))

  function match(range: Range, selector: number): void {
    const length = selector < 6 ? selector - 1 : 5 + numberOf(range, lengths, LENGTH_BASES, LENGTH_BITS)
    const distance = 1 + numberOf(range, distances[selector - 4] as Model, DISTANCE_BASES, DISTANCE_BITS)
    history.match(distance, length)
  }

  function decode(range: Range, end: number): void {
    while (history.total < end) {
      const selector = range.symbol(selectors)
      const literal = literals[selector]
      if (literal) history.literal(range.symbol(literal))
      else match(range, selector)
    }
  }

  return {
    frame(data, size) {
      if (size > FRAME) throw new DecodeError('corrupt', `quantum: a block of ${size} bytes`)
      // The last match of a content may be longer than what is left of it.
      if (history.total > done)
        throw new DecodeError('corrupt', 'quantum: a match goes over the end of a block')
      done += size
      pieces = []
      decode(new Range(data), done)
      history.flush()
      return Buffer.concat(pieces).subarray(0, size)
    },
  }
}

function numberOf(range: Range, model: Model, bases: readonly number[], bits: readonly number[]): number {
  const slot = range.symbol(model)
  return (bases[slot] as number) + range.bits.number(bits[slot] as number)
}
