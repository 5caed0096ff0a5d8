/** Decisions that share what is remembered: one chance for each of the last choices in the same place. */
export class Choice {
  /** Of the last 64 choices, how many were 0. */
  readonly zeros: Uint8Array
  /** The last 64 choices, the latest as the lowest bit. */
  readonly high: Uint32Array
  readonly low: Uint32Array
  state = 0

  /** @param states a power of two */
  constructor(states: number) {
    this.zeros = new Uint8Array(states).fill(48)
    this.high = new Uint32Array(states)
    this.low = new Uint32Array(states).fill(0x5555_5555)
  }
}

/** Reads decisions front to back, in words of 16 bits, little endian. Behind the end come zeros. */
export class ChoiceReader {
  readonly #input: Uint8Array
  #at = 0
  #range = 0xffff_ffff
  #code: number

  constructor(input: Uint8Array) {
    this.#input = input
    this.#code = this.#word() * 0x1_0000 + this.#word()
  }

  /** @returns 0 or 1 */
  next(choice: Choice): number {
    const { zeros, high, low, state } = choice
    const known = zeros[state] as number
    const chance = known === 0 ? 1 : known === 64 ? 63 : known
    if (this.#range < 0x1_0000) {
      this.#range *= 0x1_0000
      this.#code = (this.#code * 0x1_0000 + this.#word()) >>> 0
    }
    const bound = (this.#range >>> 6) * chance
    const bit = this.#code < bound ? 0 : 1
    if (bit === 0) this.#range = bound
    else {
      this.#range -= bound
      this.#code -= bound
    }
    const [oldHigh, oldLow] = [high[state] as number, low[state] as number]
    zeros[state] = known + (oldHigh >>> 31) - bit
    high[state] = (oldHigh << 1) | (oldLow >>> 31)
    low[state] = (oldLow << 1) | bit
    choice.state = ((state << 1) | bit) & (zeros.length - 1)
    return bit
  }

  #word(): number {
    const at = this.#at
    this.#at += 2
    return (this.#input[at] ?? 0) | ((this.#input[at + 1] ?? 0) << 8)
  }
}
