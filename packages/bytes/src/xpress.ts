import { PrefixCode } from './prefix-code.ts'
import { DecodeError } from './stream-end.ts'

const SYMBOLS = 512
/** Bytes: the lengths of all codes, half a byte each. */
const TABLE = SYMBOLS / 2
const LITERALS = 256
const SHORTEST = 3
/** A length of fifteen or more goes on in a byte, and one of 255 more in the 16 bits behind it. */
const LONG = 15
const LONGER = 0xff

/**
 * Undoes XPRESS with Huffman codes, of one block: a table of codes, and what they say. Fills all of `output`.
 * Facts: [MS-XCA], sections 2.1 and 2.2.
 * @throws DecodeError
 */
export function xpressHuffman(input: Uint8Array, output: Uint8Array): void {
  if (input.length < TABLE) throw new DecodeError('truncated', 'xpress: it ends within its table of codes')
  const lengths = new Uint8Array(SYMBOLS)
  for (let index = 0; index < TABLE; index++) {
    const pair = input[index] as number
    lengths[2 * index] = pair & 15
    lengths[2 * index + 1] = pair >>> 4
  }
  const code = PrefixCode.withGaps(lengths)
  const reader = new XpressBits(input, TABLE)
  for (let out = 0; out < output.length; ) {
    const symbol = code.decode(reader)
    if (symbol < LITERALS) {
      output[out++] = symbol
      continue
    }
    const distance = reader.distance((symbol >>> 4) & 15)
    const length = lengthOf(symbol & 15, reader) + SHORTEST
    if (distance > out) throw new DecodeError('corrupt', 'xpress: a match reaches too far back')
    if (out + length > output.length) throw new DecodeError('corrupt', 'xpress: a match goes over the end')
    for (const end = out + length; out < end; out++) output[out] = output[out - distance] as number
    if (reader.isOver) break
  }
  if (reader.isOver) throw new DecodeError('truncated', 'xpress: it ends within its data')
}

function lengthOf(short: number, reader: XpressBits): number {
  if (short < LONG) return short
  const more = reader.byte()
  return more < LONGER ? LONG + more : reader.word()
}

/** Bits in words of 16, little endian, most significant first; bytes stand between the words, behind those that were begun. */
class XpressBits {
  readonly #input: Uint8Array
  #at: number
  #held = 0
  #count = 0

  constructor(input: Uint8Array, at: number) {
    this.#input = input
    this.#at = at
  }

  peek16(): number {
    if (this.#count < 16) {
      this.#held = ((this.#held & 0xffff) << 16) | this.word()
      this.#count += 16
    }
    return (this.#held >>> (this.#count - 16)) & 0xffff
  }

  skip(bits: number): void {
    this.#count -= bits
  }

  /** @param bits below the highest one, which is not written */
  distance(bits: number): number {
    const low = this.peek16() >>> (16 - bits)
    this.skip(bits)
    return 2 ** bits + low
  }

  byte(): number {
    return this.#input[this.#at++] ?? 0
  }

  word(): number {
    return this.byte() | (this.byte() << 8)
  }

  /** Whether bits were taken that are not there. */
  get isOver(): boolean {
    return this.#at - (this.#count >>> 3) > this.#input.length
  }
}
