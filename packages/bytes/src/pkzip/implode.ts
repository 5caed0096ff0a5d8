import type { Bytes } from '../bytes.ts'
import { type CodeBits, PrefixCode } from '../prefix-code.ts'
import { DecodeError } from '../stream-end.ts'
import { LowBits } from './low-bits.ts'
import { ZeroHistory } from './zero-history.ts'

const LITERALS = 256
const SLOTS = 64
/** The last length is followed by a byte that is added. */
const LAST = SLOTS - 1

/** What the general flags of a member tell of how it was imploded (APPNOTE.TXT, section 4.4.4). */
export interface ImplodeOptions {
  /** 8 KiB of history, not 4. */
  readonly large: boolean
  /** Literals have a code of their own, and matches are longer by one. */
  readonly literals: boolean
}

/** Codes are written with all their bits the other way. */
class Inverted implements CodeBits {
  readonly #bits: LowBits

  constructor(bits: LowBits) {
    this.#bits = bits
  }

  peek16(): number {
    return this.#bits.peek16() ^ 0xffff
  }

  skip(bits: number): void {
    this.#bits.skip(bits)
  }
}

/** PKZIP's method 6 (APPNOTE.TXT, section 5.3): `size` bytes out of `source`. @throws DecodeError, after what came before the damage has been delivered */
export function explode(
  source: Bytes,
  { large, literals }: ImplodeOptions,
  size: number,
  write: (chunk: Uint8Array) => void,
): void {
  const bits = new LowBits(source, 0)
  const codes = new Inverted(bits)
  const history = new ZeroHistory(large ? 8192 : 4096, write)
  const literal = literals ? readCode(bits, LITERALS) : undefined
  const [lengths, distances] = [readCode(bits, SLOTS), readCode(bits, SLOTS)]
  const [low, shortest] = [large ? 7 : 6, literals ? 3 : 2]
  try {
    while (history.total < size) {
      if (bits.bits(1) === 1) history.literal(literal ? literal.decode(codes) : bits.bits(8))
      else {
        const near = bits.bits(low)
        const distance = (distances.decode(codes) << low) + near + 1
        const slot = lengths.decode(codes)
        const length = shortest + slot + (slot === LAST ? bits.bits(8) : 0)
        history.match(distance, Math.min(length, size - history.total))
      }
      if (bits.isOver) throw new DecodeError('truncated', 'implode: the data ends early')
    }
  } finally {
    history.flush()
  }
}

/** Pairs of how often and how long, one byte each; how many there are stands in front. @throws DecodeError */
function readCode(bits: LowBits, symbols: number): PrefixCode {
  const lengths = new Uint8Array(symbols)
  let at = 0
  for (let pairs = bits.bits(8) + 1; pairs > 0; pairs--) {
    const length = bits.bits(4) + 1
    const count = bits.bits(4) + 1
    if (at + count > symbols) throw new DecodeError('corrupt', 'implode: more lengths than symbols')
    lengths.fill(length, at, at + count)
    at += count
  }
  if (at < symbols) throw new DecodeError('corrupt', 'implode: fewer lengths than symbols')
  return new PrefixCode(lengths)
}
