import { DecodeError } from './stream-end.ts'

/** Codes up to so many bits are looked up at once; longer ones are rare, and a table for them would cost each block. */
const QUICK_BITS = 10
const MOST_BITS = 16

/** Bits of a buffer, most significant first; behind its end come zeros. */
export class BitReader {
  readonly #input: Uint8Array
  #at: number
  #held = 0
  #count = 0

  constructor(input: Uint8Array, at: number) {
    this.#input = input
    this.#at = at
  }

  /** The next 16 bits, which stay. */
  peek16(): number {
    while (this.#count < MOST_BITS) {
      this.#held = ((this.#held & 0xff_ffff) << 8) | (this.#input[this.#at++] ?? 0)
      this.#count += 8
    }
    return (this.#held >>> (this.#count - MOST_BITS)) & 0xffff
  }

  /** Behind `peek16`. */
  skip(bits: number): void {
    this.#count -= bits
  }

  /** @param bits 0 to 16 */
  bits(bits: number): number {
    const value = this.peek16() >>> (MOST_BITS - bits)
    this.#count -= bits
    return value
  }

  /** The next number of up to 32 bits. */
  number(bits: number): number {
    return bits > MOST_BITS
      ? this.bits(bits - MOST_BITS) * 2 ** MOST_BITS + this.bits(MOST_BITS)
      : this.bits(bits)
  }

  /** Bits of the buffer that were taken. */
  get position(): number {
    return this.#at * 8 - this.#count
  }

  /** Whether bits were taken that are not there. */
  get isOver(): boolean {
    return this.#at - (this.#count >>> 3) > this.#input.length
  }
}

/** What codes are read from. */
export interface CodeBits {
  /** The next 16 bits, the first one as the most significant; they stay. */
  peek16(): number
  /** Behind `peek16`. */
  skip(bits: number): void
}

/** A prefix code: shorter codes first, and among codes of one length the smaller symbol first. */
export class PrefixCode {
  /** Symbol << 5 | bits, by the next bits; 0 bits where the code is longer. */
  readonly #quick: Uint32Array
  readonly #symbols: Uint16Array
  /** By length: the first code behind those of this length, left-justified to 16 bits, and where its symbols begin. */
  readonly #limits = new Uint32Array(MOST_BITS + 2)
  readonly #first = new Int32Array(MOST_BITS + 2)
  readonly #only: number

  /** Codes that mean nothing may be left over; who meets one throws. */
  static withGaps(lengths: Uint8Array): PrefixCode {
    return new PrefixCode(lengths, -1, true)
  }

  /** All symbols take no bits at all: there is but one. */
  static only(symbol: number): PrefixCode {
    return new PrefixCode(new Uint8Array(0), symbol)
  }

  /** @param lengths bits of each symbol's code, 0 for none @throws DecodeError where the code is not complete */
  constructor(lengths: Uint8Array, only = -1, mayHaveGaps = false) {
    this.#only = only
    this.#symbols = new Uint16Array(lengths.length)
    this.#quick = new Uint32Array(only < 0 ? 1 << QUICK_BITS : 0)
    if (only >= 0) return
    const counts = new Uint32Array(0x100)
    for (const bits of lengths) counts[bits] = (counts[bits] as number) + 1
    /** By length: the next code, left-justified, and the place of its symbol. */
    const [codes, places] = [new Uint32Array(MOST_BITS + 1), new Uint32Array(MOST_BITS + 1)]
    let code = 0
    let place = 0
    for (let bits = 1; bits <= MOST_BITS; bits++) {
      const count = counts[bits] as number
      this.#first[bits] = place - (code >>> (MOST_BITS - bits))
      codes[bits] = code
      places[bits] = place
      code += count << (MOST_BITS - bits)
      place += count
      this.#limits[bits] = code
    }
    if (code > 1 << MOST_BITS || (!mayHaveGaps && code !== 1 << MOST_BITS))
      throw new DecodeError('corrupt', 'a prefix code is not complete')
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const bits = lengths[symbol] as number
      if (bits === 0 || bits > MOST_BITS) continue
      const at = places[bits] as number
      this.#symbols[at] = symbol
      places[bits] = at + 1
      const start = codes[bits] as number
      const end = start + (1 << (MOST_BITS - bits))
      codes[bits] = end
      const shift = MOST_BITS - QUICK_BITS
      if (bits <= QUICK_BITS) this.#quick.fill((symbol << 5) | bits, start >>> shift, end >>> shift)
    }
  }

  /** @throws DecodeError for a code that means nothing */
  decode(reader: CodeBits): number {
    if (this.#only >= 0) return this.#only
    const next = reader.peek16()
    const quick = this.#quick[next >>> (MOST_BITS - QUICK_BITS)] as number
    if (quick !== 0) {
      reader.skip(quick & 0x1f)
      return quick >>> 5
    }
    let bits = QUICK_BITS + 1
    while (bits <= MOST_BITS && next >= (this.#limits[bits] as number)) bits++
    if (bits > MOST_BITS) throw new DecodeError('corrupt', 'a prefix code means nothing')
    reader.skip(bits)
    return this.#symbols[(this.#first[bits] as number) + (next >>> (MOST_BITS - bits))] as number
  }
}
