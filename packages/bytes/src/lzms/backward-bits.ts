/** Bits from the end of a buffer to its start, in words of 16, little endian, most significant first; before it come zeros. */
export class BackwardBits {
  readonly #input: Uint8Array
  #at: number
  #held = 0
  #count = 0

  /** @param input of an even number of bytes */
  constructor(input: Uint8Array) {
    this.#input = input
    this.#at = input.length
  }

  peek16(): number {
    if (this.#count < 16) {
      this.#at -= 2
      const word = (this.#input[this.#at] ?? 0) | ((this.#input[this.#at + 1] ?? 0) << 8)
      this.#held = ((this.#held & 0xffff) << 16) | word
      this.#count += 16
    }
    return (this.#held >>> (this.#count - 16)) & 0xffff
  }

  skip(bits: number): void {
    this.#count -= bits
  }

  /** The next number of up to 32 bits. */
  number(bits: number): number {
    return bits > 16 ? this.#short(bits - 16) * 0x1_0000 + this.#short(16) : this.#short(bits)
  }

  /** Whether bits were taken that are not there. */
  get isOver(): boolean {
    return this.#at + (this.#count >>> 3) < 0
  }

  #short(bits: number): number {
    const value = this.peek16() >>> (16 - bits)
    this.#count -= bits
    return value
  }
}
