import type { Bytes } from '../bytes.ts'
import { DecodeError } from '../stream-end.ts'

const WINDOW = 64 * 1024
/** Zeros that are read behind the end: no more than what a code looks ahead. */
const MOST_BEHIND = 4

/** By byte: its bits the other way round. */
const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0
  for (let bit = 0; bit < 8; bit++) reversed |= ((byte >>> bit) & 1) << (7 - bit)
  return reversed
})

/** Bits of a source, least significant first, as PKZIP's methods have them. */
export class LowBits {
  readonly #source: Bytes
  #window: Uint8Array = new Uint8Array(0)
  /** Of the window's first byte, in the source. */
  #from: number
  #within = 0
  #behind = 0
  #held = 0
  #count = 0

  constructor(source: Bytes, at: number) {
    this.#source = source
    this.#from = at
  }

  /** The next 16 bits, the first one as the most significant: codes are read that way. They stay. @throws DecodeError */
  peek16(): number {
    this.#fill()
    return ((REVERSED[this.#held & 0xff] as number) << 8) | (REVERSED[(this.#held >>> 8) & 0xff] as number)
  }

  /** Behind `peek16`. */
  skip(bits: number): void {
    this.#held >>>= bits
    this.#count -= bits
  }

  /** A number of up to 16 bits, the first one as its least significant. @throws DecodeError */
  bits(count: number): number {
    this.#fill()
    const value = this.#held & ((1 << count) - 1)
    this.skip(count)
    return value
  }

  /** Passes over what is left of a byte. */
  align(): void {
    this.skip(this.#count & 7)
  }

  /** Offset in the source behind the last byte that was taken, or begun. */
  get end(): number {
    return this.#from + this.#within + this.#behind - (this.#count >>> 3)
  }

  /** Whether bits were taken that are not there. */
  get isOver(): boolean {
    return this.end > this.#source.size
  }

  #fill(): void {
    while (this.#count < 16) {
      if (this.#within === this.#window.length) this.#next()
      const byte = this.#behind > 0 ? 0 : (this.#window[this.#within++] as number)
      this.#held |= byte << this.#count
      this.#count += 8
    }
  }

  #next(): void {
    const from = this.#from + this.#window.length
    const length = Math.max(0, Math.min(WINDOW, this.#source.size - from))
    if (length === 0) {
      if (this.#behind >= MOST_BEHIND) throw new DecodeError('truncated', 'the data ends early')
      this.#behind++
      return
    }
    this.#window = this.#source.view(from, length)
    this.#from = from
    this.#within = 0
  }
}
