import type { BitReader } from '../prefix-code.ts'
import { DecodeError } from '../stream-end.ts'

const MOST_WIDTH = 11
const [WIDTH_BITS, MOST_WIDTH_WIDTH] = [3, 7] as const

/** A prefix code of ACE. Which of two symbols of one width comes first depends on how its writer sorted them. */
export class AceCode {
  readonly #symbols: Uint16Array
  readonly #widths: Uint8Array
  readonly #most: number

  /** @throws DecodeError where the widths are more than there is room for */
  constructor(widths: Uint8Array, most: number) {
    const order = sorted(widths)
    const used = order.filter((symbol) => widths[symbol] !== 0)
    this.#widths = Uint8Array.from(widths)
    this.#most = most
    const [first = 0] = order
    if (used.length < 2) this.#widths[first] = 1
    const kept = used.length === 0 ? [first] : used
    this.#symbols = new Uint16Array(1 << most).fill(widths.length)
    let at = 0
    for (const symbol of kept.reverse()) {
      const width = this.#widths[symbol] as number
      const room = 1 << (most - width)
      if (width > most || at + room > 1 << most)
        throw new DecodeError('corrupt', 'ACE: a prefix code is too full')
      this.#symbols.fill(symbol, at, at + room)
      at += room
    }
  }

  /** @throws DecodeError for a code that means nothing, or where the data ends */
  read(reader: BitReader): number {
    const symbol = this.#symbols[reader.peek16() >>> (16 - this.#most)] as number
    const width = this.#widths[symbol]
    if (width === undefined) throw new DecodeError('corrupt', 'ACE: a prefix code means nothing')
    reader.skip(width)
    if (reader.isOver) throw new DecodeError('truncated', 'ACE: the data ends early')
    return symbol
  }
}

/**
 * A code as it stands in the data: how many widths, the least one and a bound, a code for the widths, and the widths as
 * differences, with runs of zeros.
 * @throws DecodeError
 */
export function readCode(reader: BitReader, symbols: number): AceCode {
  const count = Math.min(reader.bits(9), symbols) + 1
  const [least, bound] = [reader.bits(4), reader.bits(4)]
  const widthWidths = Uint8Array.from({ length: bound + 1 }, () => reader.bits(WIDTH_BITS))
  const code = new AceCode(widthWidths, MOST_WIDTH_WIDTH)
  const widths = new Uint8Array(count)
  for (let at = 0; at < count; ) {
    const symbol = code.read(reader)
    if (symbol < bound) widths[at++] = symbol
    else at += reader.bits(4) + 4
  }
  for (let at = 1; bound > 0 && at < count; at++)
    widths[at] = ((widths[at] as number) + (widths[at - 1] as number)) % bound
  return new AceCode(
    widths.map((width) => (width > 0 ? width + least : 0)),
    MOST_WIDTH,
  )
}

/**
 * Symbols by falling width, equals in the order in which the exchanges of a sort around the last element leave them. Parts
 * overlap where its two ends meet, so that their order counts, too.
 */
function sorted(widths: Uint8Array): number[] {
  const keys = Array.from(widths)
  const symbols = keys.map((_, symbol) => symbol)
  const key = (at: number) => keys[at] as number

  function exchange(a: number, b: number): void {
    ;[keys[a], keys[b]] = [key(b), key(a)]
    ;[symbols[a], symbols[b]] = [symbols[b] as number, symbols[a] as number]
  }

  function part(from: number, to: number): void {
    if (to - from > 1) sort(from, to)
    else if (to > from && key(from) < key(to)) exchange(from, to)
  }

  function sort(from: number, to: number): void {
    let [low, high] = [from, to]
    const middle = key(to)
    do {
      while (key(low) > middle) low++
      while (key(high) < middle) high--
      if (low <= high) exchange(low++, high--)
    } while (low < high)
    part(from, high)
    part(low, to)
  }

  sort(0, keys.length - 1)
  return symbols
}
