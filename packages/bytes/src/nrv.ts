import { DecodeError } from './stream-end.ts'

/** The three codes of the UCL library: 2B, 2D and 2E. */
export type NrvVariant = 'nrv2b' | 'nrv2d' | 'nrv2e'

/** Matches from further away than this are longer by one. */
const FAR = { nrv2b: 0xd00, nrv2d: 0x500, nrv2e: 0x500 } as const
/** What is told before a match's offset and its low byte; beyond it lies the end mark. */
const MOST_PREFIX = 0x100_0002
const END = 0xffff_ffff

/**
 * Undoes NRV: bits in words of 8, 16 or 32 bits (little endian), the highest first, between bytes.
 * @returns bytes written
 * @throws DecodeError
 */
export function nrvDecompress(
  input: Uint8Array,
  output: Uint8Array,
  variant: NrvVariant,
  wordBits: 8 | 16 | 32,
): number {
  const source = new Source(input, wordBits)
  let out = 0
  let last = 1
  for (;;) {
    while (source.bit() === 1) {
      if (out >= output.length) throw full()
      output[out++] = source.byte()
    }
    const prefix = prefixOf(source, variant)
    let low = 0
    if (prefix === 2) low = variant === 'nrv2b' ? 0 : source.bit()
    else {
      const offset = (prefix - 3) * 256 + source.byte()
      if (offset === END) return out
      low = ~offset & 1
      last = (variant === 'nrv2b' ? offset : offset >>> 1) + 1
    }
    const length = lengthOf(source, variant, low) + (last > FAR[variant] ? 2 : 1)
    if (last > out) throw new DecodeError('corrupt', 'NRV: a match reaches too far back')
    if (length > output.length - out) throw full()
    for (const end = out + length; out < end; out++) output[out] = output[out - last] as number
  }
}

function prefixOf(source: Source, variant: NrvVariant): number {
  let prefix = 1
  for (;;) {
    prefix = prefix * 2 + source.bit()
    if (prefix > MOST_PREFIX) throw new DecodeError('corrupt', 'NRV: an offset is too large')
    if (source.bit() === 1) return prefix
    if (variant !== 'nrv2b') prefix = (prefix - 1) * 2 + source.bit()
  }
}

/** Without the one that all matches have more. */
function lengthOf(source: Source, variant: NrvVariant, low: number): number {
  if (variant === 'nrv2e') {
    if (low === 1) return 1 + source.bit()
    return source.bit() === 1 ? 3 + source.bit() : growing(source) + 3
  }
  const length = (variant === 'nrv2b' ? source.bit() : low) * 2 + source.bit()
  return length > 0 ? length : growing(source) + 2
}

function growing(source: Source): number {
  let length = 1
  do {
    length = length * 2 + source.bit()
    if (length >= 2 ** 30) throw new DecodeError('corrupt', 'NRV: a match is too long')
  } while (source.bit() === 0)
  return length
}

function full(): DecodeError {
  return new DecodeError('output-full', 'NRV: more comes out than there is room for')
}

class Source {
  readonly #input: Uint8Array
  readonly #wordBytes: number
  #at = 0
  #word = 0
  #left = 0

  constructor(input: Uint8Array, wordBits: 8 | 16 | 32) {
    this.#input = input
    this.#wordBytes = wordBits / 8
  }

  byte(): number {
    const byte = this.#input[this.#at++]
    if (byte === undefined) throw new DecodeError('truncated', 'NRV: the data ends early')
    return byte
  }

  bit(): number {
    if (this.#left === 0) {
      let word = 0
      for (let index = 0; index < this.#wordBytes; index++) word |= this.byte() << (8 * index)
      this.#word = word
      this.#left = 8 * this.#wordBytes
    }
    this.#left--
    return (this.#word >>> this.#left) & 1
  }
}
