import type { Bytes } from '../bytes.ts'
import { DecodeError } from '../stream-end.ts'
import { Ppmd, type RangeDecoder } from './model.ts'

const TOP = 2 ** 24
const WINDOW = 64 * 1024
const OUTPUT = 64 * 1024
/** More is asked for by no usual level; decoders have to have as much as encoders had. */
const MOST_MEMORY = 256 * 1024 * 1024
const [LEAST_ORDER, MOST_ORDER, LEAST_MEMORY] = [2, 64, 2048]

/** Bytes of a source, one after the other; behind its end they are zero, a few times. */
class ByteSource {
  readonly #source: Bytes
  #at = 0
  #window: Uint8Array = new Uint8Array(0)
  #within = 0

  constructor(source: Bytes) {
    this.#source = source
  }

  next(): number {
    if (this.#within === this.#window.length) {
      if (this.#at >= this.#source.size) throw new DecodeError('truncated', 'PPMd: the data ends early')
      this.#window = this.#source.view(this.#at, Math.min(WINDOW, this.#source.size - this.#at))
      this.#at += this.#window.length
      this.#within = 0
    }
    return this.#window[this.#within++] as number
  }
}

/** Of 7z: a byte that is zero, then 32 bits. */
class Range7z implements RangeDecoder {
  readonly #source: ByteSource
  #range = 0xffff_ffff
  #code = 0

  constructor(source: ByteSource) {
    this.#source = source
    if (source.next() !== 0) throw new DecodeError('corrupt', 'PPMd: does not begin with a zero')
    for (let index = 0; index < 4; index++) this.#code = ((this.#code << 8) | source.next()) >>> 0
  }

  threshold(total: number): number {
    this.#range = Math.floor(this.#range / total)
    return Math.floor(this.#code / this.#range)
  }

  take(start: number, size: number): void {
    this.#code -= start * this.#range
    this.#range *= size
    this.#normalize()
  }

  bit(size: number): boolean {
    const bound = (this.#range >>> 14) * size
    const isBehind = this.#code >= bound
    if (isBehind) {
      this.#code -= bound
      this.#range -= bound
    } else this.#range = bound
    this.#normalize()
    return isBehind
  }

  #normalize(): void {
    while (this.#range < TOP) {
      if (this.#range === 0) throw new DecodeError('corrupt', 'PPMd: an empty range')
      this.#code = ((this.#code << 8) | this.#source.next()) >>> 0
      this.#range = (this.#range << 8) >>> 0
    }
  }
}

/** PPMd (variant H) as 7z has it, over all of `source`. @throws DecodeError, after what came before the damage has been delivered */
export function ppmdStream(
  source: Bytes,
  order: number,
  memory: number,
  size: number,
  write: (chunk: Uint8Array) => void,
): void {
  if (order < LEAST_ORDER || order > MOST_ORDER || memory < LEAST_MEMORY)
    throw new DecodeError('corrupt', 'PPMd: bad properties')
  if (memory > MOST_MEMORY) throw new DecodeError('unsupported', `PPMd: asks for ${memory} bytes of memory`)
  const range = new Range7z(new ByteSource(source))
  const model = new Ppmd(order, memory)
  const output = new Uint8Array(Math.min(OUTPUT, size))
  let filled = 0
  try {
    for (let done = 0; done < size; done++) {
      const symbol = model.decode(range)
      if (symbol === undefined) throw new DecodeError('truncated', 'PPMd: less comes out than there is')
      output[filled++] = symbol
      if (filled === output.length) {
        filled = 0
        write(output)
      }
    }
  } finally {
    if (filled > 0) write(output.subarray(0, filled))
  }
}
