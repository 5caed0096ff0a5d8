import { DecodeError } from '../stream-end.ts'

const CODE_BITS = 26
const WHOLE = 2 ** (CODE_BITS - 1)
const HALF = WHOLE / 2

/** How often symbols occur, as far as was seen. */
export class Frequencies {
  readonly first: number
  readonly of: Uint16Array
  total = 0
  readonly #step: number
  readonly #most: number

  /** @param step what one occurrence counts @param most beyond it, all are halved */
  constructor(first: number, last: number, step: number, most: number) {
    this.first = first
    this.of = new Uint16Array(last - first + 1)
    this.#step = step
    this.#most = most
    this.reset()
  }

  reset(): void {
    this.of.fill(this.#step)
    this.total = this.#step * this.of.length
  }

  add(index: number): void {
    const { of } = this
    of[index] = (of[index] as number) + this.#step
    this.total += this.#step
    if (this.total <= this.#most) return
    this.total = 0
    for (let at = 0; at < of.length; at++) {
      of[at] = ((of[at] as number) + 1) >>> 1
      this.total += of[at] as number
    }
  }
}

/** An arithmetic decoder over bits, highest first. */
export class RangeBits {
  readonly #input: Uint8Array
  #at = 0
  #range = WHOLE
  #code = 0

  constructor(input: Uint8Array) {
    this.#input = input
    for (let bit = 0; bit < CODE_BITS; bit++) this.#code = this.#code * 2 + this.#bit()
    if (this.#code >= this.#range) throw new DecodeError('corrupt', 'StuffIt: a code beyond its range')
  }

  /** @throws DecodeError behind the end */
  symbol(frequencies: Frequencies): number {
    const { of, total, first } = frequencies
    const unit = Math.floor(this.#range / total)
    const wanted = Math.floor(this.#code / unit)
    const last = of.length - 1
    let [index, below] = [0, 0]
    while (index < last && below + (of[index] as number) <= wanted) below += of[index++] as number
    this.#code -= below * unit
    this.#range = index === last ? this.#range - below * unit : (of[index] as number) * unit
    while (this.#range <= HALF) {
      this.#range *= 2
      this.#code = this.#code * 2 + this.#bit()
    }
    frequencies.add(index)
    return first + index
  }

  #bit(): number {
    const byte = this.#input[this.#at >>> 3]
    if (byte === undefined) throw new DecodeError('truncated', 'StuffIt: the data ends early')
    const bit = (byte >>> (7 - (this.#at & 7))) & 1
    this.#at++
    return bit
  }
}
