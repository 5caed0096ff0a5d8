import type { Bytes } from '../bytes.ts'
import { History } from '../history.ts'
import { PrefixCode } from '../prefix-code.ts'
import { DecodeError } from '../stream-end.ts'
import { LowBits } from './low-bits.ts'

const HISTORY = 64 * 1024
const [LITERALS, END, LENGTHS, DISTANCES, CODE_LENGTHS] = [256, 256, 286, 32, 19]
const SHORTEST = 3
/** In which order the lengths of the code of lengths stand. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** How many bits follow a class of lengths: the last class begins again from the shortest, and says the rest in 16 bits. */
const LENGTH_BITS = Array.from({ length: 29 }, (_, slot) =>
  slot === 28 ? 16 : slot < 8 ? 0 : (slot >> 2) - 1,
)
const LENGTH_BASES = basesOf(LENGTH_BITS).map((base, slot) => SHORTEST + (slot === 28 ? 0 : base))
const DISTANCE_BITS = Array.from({ length: DISTANCES }, (_, slot) => (slot < 4 ? 0 : (slot >> 1) - 1))
const DISTANCE_BASES = basesOf(DISTANCE_BITS).map((base) => base + 1)

function basesOf(bits: readonly number[]): number[] {
  let base = 0
  return bits.map((count) => {
    base += 2 ** count
    return base - 2 ** count
  })
}

interface Codes {
  readonly symbols: PrefixCode
  readonly distances: PrefixCode
}

let fixedCodes: Codes | undefined

function fixed(): Codes {
  fixedCodes ??= {
    symbols: new PrefixCode(
      Uint8Array.from({ length: 288 }, (_, symbol) =>
        symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
      ),
    ),
    distances: new PrefixCode(new Uint8Array(DISTANCES).fill(5)),
  }
  return fixedCodes
}

/**
 * Deflate64 (APPNOTE.TXT, method 9): DEFLATE with 64 KiB of history and longer matches.
 * @returns offset behind it
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function inflate64Stream(source: Bytes, at: number, write: (chunk: Uint8Array) => void): number {
  const bits = new LowBits(source, at)
  const history = new History(HISTORY, write)
  try {
    for (let isLast = false; !isLast; ) {
      isLast = bits.bits(1) === 1
      readBlock(bits, history)
    }
    return bits.end
  } finally {
    history.flush()
  }
}

function readBlock(bits: LowBits, history: History): void {
  const kind = bits.bits(2)
  if (kind === 0) readStored(bits, history)
  else if (kind === 1) readCoded(bits, history, fixed())
  else if (kind === 2) readCoded(bits, history, readCodes(bits))
  else throw new DecodeError('corrupt', 'deflate64: a block of an unknown kind')
}

function readStored(bits: LowBits, history: History): void {
  bits.align()
  const length = bits.bits(16)
  if (bits.bits(16) !== (length ^ 0xffff))
    throw new DecodeError('corrupt', 'deflate64: a length that differs')
  for (let left = length; left > 0; left--) {
    const byte = bits.bits(8)
    if (bits.isOver) throw cutOff()
    history.literal(byte)
  }
}

function readCodes(bits: LowBits): Codes {
  const symbols = bits.bits(5) + 257
  const distances = bits.bits(5) + 1
  const lengths = new Uint8Array(CODE_LENGTHS)
  for (const place of ORDER.slice(0, bits.bits(4) + 4)) lengths[place] = bits.bits(3)
  if (symbols > LENGTHS) throw new DecodeError('corrupt', 'deflate64: more symbols than there are')
  const all = readLengths(bits, PrefixCode.withGaps(lengths), symbols + distances)
  return {
    symbols: PrefixCode.withGaps(all.subarray(0, symbols)),
    distances: PrefixCode.withGaps(all.subarray(symbols)),
  }
}

function readLengths(bits: LowBits, code: PrefixCode, count: number): Uint8Array {
  const lengths = new Uint8Array(count)
  for (let at = 0; at < count; ) {
    const symbol = code.decode(bits)
    if (symbol < 16) {
      lengths[at++] = symbol
      continue
    }
    if (symbol === 16 && at === 0) throw new DecodeError('corrupt', 'deflate64: nothing to repeat')
    const value = symbol === 16 ? (lengths[at - 1] as number) : 0
    const run = symbol === 16 ? bits.bits(2) + 3 : symbol === 17 ? bits.bits(3) + 3 : bits.bits(7) + 11
    if (at + run > count) throw new DecodeError('corrupt', 'deflate64: more lengths than symbols')
    lengths.fill(value, at, at + run)
    at += run
  }
  return lengths
}

function readCoded(bits: LowBits, history: History, { symbols, distances }: Codes): void {
  for (;;) {
    const symbol = symbols.decode(bits)
    if (bits.isOver) throw cutOff()
    if (symbol === END) return
    if (symbol < LITERALS) {
      history.literal(symbol)
      continue
    }
    const slot = symbol - LITERALS - 1
    const more = LENGTH_BITS[slot]
    if (more === undefined) throw new DecodeError('corrupt', 'deflate64: a length that there is not')
    const length = (LENGTH_BASES[slot] as number) + bits.bits(more)
    const far = distances.decode(bits)
    const distance = (DISTANCE_BASES[far] as number) + bits.bits(DISTANCE_BITS[far] as number)
    if (bits.isOver) throw cutOff()
    history.match(distance, length)
  }
}

function cutOff(): DecodeError {
  return new DecodeError('truncated', 'deflate64: the data ends early')
}
