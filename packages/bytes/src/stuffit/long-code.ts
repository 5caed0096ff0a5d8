import type { LowBits } from '../pkzip/low-bits.ts'
import { DecodeError } from '../stream-end.ts'

/** Codes up to so many bits are looked up at once. */
const QUICK_BITS = 10
const MOST_BITS = 32

/** A prefix code of up to 32 bits: shorter codes first, and among codes of one length the smaller symbol first. */
export class LongCode {
  /** Symbol << 4 | bits, by the next bits; 0 where the code is longer, or means nothing. */
  readonly #quick = new Uint16Array(1 << QUICK_BITS)
  readonly #counts = new Uint32Array(MOST_BITS + 1)
  readonly #symbols: Uint16Array

  /** @param lengths bits of each symbol's code; other than 1 to 32 for none @throws DecodeError where codes overlap */
  constructor(lengths: ArrayLike<number>) {
    const used: number[] = []
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const bits = lengths[symbol] as number
      if (bits < 1 || bits > MOST_BITS) continue
      this.#counts[bits] = (this.#counts[bits] as number) + 1
      used.push(symbol)
    }
    used.sort((a, b) => (lengths[a] as number) - (lengths[b] as number) || a - b)
    this.#symbols = Uint16Array.from(used)
    /** Share of all codes that is taken: exact, since 32 bits fit a number. */
    let taken = 0
    for (const symbol of used) {
      const bits = lengths[symbol] as number
      const [start, end] = [taken, taken + 2 ** -bits]
      if (bits <= QUICK_BITS)
        this.#quick.fill((symbol << 4) | bits, start * 2 ** QUICK_BITS, end * 2 ** QUICK_BITS)
      taken = end
    }
    if (taken > 1) throw new DecodeError('corrupt', 'StuffIt: prefix codes overlap')
  }

  /** @throws DecodeError for a code that means nothing, and behind the end */
  decode(reader: LowBits): number {
    const quick = this.#quick[reader.peek16() >>> (16 - QUICK_BITS)] as number
    if (quick !== 0) {
      reader.skip(quick & 0xf)
      return quick >>> 4
    }
    let [code, first, place] = [0, 0, 0]
    for (let bits = 1; bits <= MOST_BITS; bits++) {
      code = code * 2 + reader.bits(1)
      first *= 2
      const count = this.#counts[bits] as number
      if (code < first + count) return this.#symbols[place + code - first] as number
      first += count
      place += count
    }
    throw new DecodeError('corrupt', 'StuffIt: a prefix code means nothing')
  }
}
