import { memoryBytes } from '../bytes.ts'
import { History } from '../history.ts'
import { LowBits } from '../pkzip/low-bits.ts'
import { DecodeError } from '../stream-end.ts'
import { KNOWN_CODES, LENGTH_CODES } from './known-codes.ts'
import { LongCode } from './long-code.ts'

const WINDOW = 64 * 1024
const SYMBOLS = 321
/** Symbols below are literals; from here on they are lengths, but for the last three. */
const LENGTHS = 256
const [LONG, LONGER, END] = [318, 319, 320] as const
const [SHORTEST_MATCH, SHORTEST_LONG] = [3, 65] as const
const LENGTH_CODE_BITS = 12

interface Codes {
  readonly afterLiteral: LongCode
  readonly afterMatch: LongCode
  readonly distance: LongCode
}

/** By the next 12 bits: symbol << 4 | bits. */
const lengthCode = new Uint16Array(1 << LENGTH_CODE_BITS)
for (const [symbol, code] of LENGTH_CODES.entries()) {
  const unit = 1 << (LENGTH_CODE_BITS - code.length)
  const start = Number.parseInt(code, 2) * unit
  lengthCode.fill((symbol << 4) | code.length, start, start + unit)
}

/**
 * Method 13 of StuffIt (LZ77 and prefix codes), as far as its end mark.
 * @throws DecodeError, after what came before the damage has been written
 */
export function stuffitLzHuffman(input: Uint8Array, write: (chunk: Uint8Array) => void): void {
  const history = new History(WINDOW, write)
  try {
    decode(new LowBits(memoryBytes(input), 0), history)
  } catch (error) {
    if (error instanceof DecodeError) history.flush()
    throw error
  }
  history.flush()
}

function decode(reader: LowBits, history: History): void {
  const { afterLiteral, afterMatch, distance } = readCodes(reader)
  let code = afterLiteral
  for (;;) {
    const symbol = code.decode(reader)
    if (symbol < LENGTHS) {
      history.literal(symbol)
      code = afterLiteral
    } else if (symbol === END) return
    else {
      const length = lengthOf(symbol, reader)
      const bits = distance.decode(reader)
      history.match(bits === 0 ? 1 : 2 ** (bits - 1) + reader.bits(bits - 1) + 1, length)
      code = afterMatch
    }
  }
}

function lengthOf(symbol: number, reader: LowBits): number {
  if (symbol < LONG) return symbol - LENGTHS + SHORTEST_MATCH
  return SHORTEST_LONG + reader.bits(symbol === LONGER ? 15 : 10)
}

function readCodes(reader: LowBits): Codes {
  const head = reader.bits(8)
  const set = head >>> 4
  if (set === 0) {
    const afterLiteral = readCode(SYMBOLS, reader)
    const afterMatch = (head & 8) !== 0 ? afterLiteral : readCode(SYMBOLS, reader)
    return { afterLiteral, afterMatch, distance: readCode((head & 7) + 10, reader) }
  }
  const known = KNOWN_CODES[set - 1]
  if (!known) throw new DecodeError('corrupt', `StuffIt: a set of codes ${set}, of which there is none`)
  return {
    afterLiteral: knownCode(known.afterLiteral),
    afterMatch: knownCode(known.afterMatch),
    distance: knownCode(known.distance),
  }
}

function knownCode(digits: string): LongCode {
  return new LongCode(Array.from(digits, (digit) => Number.parseInt(digit, 20)))
}

/** A code is written as the lengths of its codes, each told by the one before it. */
function readCode(symbols: number, reader: LowBits): LongCode {
  const lengths = new Int32Array(symbols)
  let length = 0
  for (let at = 0; at < symbols; ) {
    const found = lengthCode[reader.peek16() >>> (16 - LENGTH_CODE_BITS)] as number
    reader.skip(found & 0xf)
    const symbol = found >>> 4
    const count = symbol < 34 ? 1 : repeats(symbol, reader)
    if (symbol < 31) length = symbol + 1
    else if (symbol === 31) length = 0
    else if (symbol === 32) length++
    else if (symbol === 33) length--
    if (at + count > symbols) throw new DecodeError('corrupt', 'StuffIt: a code of too many symbols')
    lengths.fill(length, at, at + count)
    at += count
  }
  return new LongCode(lengths)
}

function repeats(symbol: number, reader: LowBits): number {
  switch (symbol) {
    case 34:
      return 1 + reader.bits(1)
    case 35:
      return 3 + reader.bits(3)
    default:
      return 11 + reader.bits(6)
  }
}
