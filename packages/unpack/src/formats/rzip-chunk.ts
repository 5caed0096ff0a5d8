import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError } from '@messlatte/bytes'
import { type Chunk, headSize, Series } from './rzip-series.ts'

/** Matches reach back to the start of a chunk: it has to be held, in bytes. */
export const MOST_CHUNK = 512 * 1024 * 1024
const FIRST_ROOM = 1024 * 1024
const PIECE = 256 * 1024
const [LITERAL, MATCH] = [0, 1] as const
const FLUSH = 1024 * 1024

type Write = (chunk: Uint8Array) => void

/**
 * A chunk of rzip or lrzip: two series of blocks, one with what to do, one with literal bytes; and a CRC-32, which is compared.
 * @param size bytes that come out of it at most
 * @returns offset behind it
 * @throws DecodeError, after what came before the damage has been written
 */
export function rzipChunk(bytes: Bytes, chunk: Chunk, size: number, write: Write): number {
  const { base, width } = chunk
  const orders = new Series(bytes, chunk, base)
  const literals = new Series(bytes, chunk, base + headSize(width))
  const out = new Output(Math.min(size, MOST_CHUNK), size, write)
  try {
    for (;;) {
      const kind = orders.number(1)
      const length = orders.number(2)
      if (kind === LITERAL && length === 0) break
      if (kind === LITERAL) out.literals(literals, length)
      else if (kind === MATCH) out.match(orders.number(width), length)
      else throw new DecodeError('corrupt', 'an order that means nothing')
    }
    const told = orders.number(4)
    out.flush()
    if (told !== out.sum) throw new DecodeError('checksum', 'the CRC of a chunk differs')
  } finally {
    out.flush()
  }
  for (const series of [orders, literals]) series.finish()
  return Math.max(orders.end, literals.end)
}

/** What came out of a chunk, for matches to reach. */
class Output {
  readonly #most: number
  readonly #told: number
  readonly #write: Write
  #room = new Uint8Array(FIRST_ROOM)
  #filled = 0
  #flushed = 0
  #sum = 0xffff_ffff
  /** CRC-32 of what went out, neither inverted at its start nor at its end: so it stands in the data. */
  get sum(): number {
    return ~this.#sum >>> 0
  }

  constructor(most: number, told: number, write: Write) {
    this.#most = most
    this.#told = told
    this.#write = write
  }

  literals(from: Series, length: number): void {
    for (let left = length; left > 0; ) {
      const part = from.some(left)
      this.#grow(part.length)
      this.#room.set(part, this.#filled)
      this.#filled += part.length
      left -= part.length
    }
    if (this.#filled - this.#flushed >= FLUSH) this.flush()
  }

  match(distance: number, length: number): void {
    if (distance === 0 || distance > this.#filled)
      throw new DecodeError('corrupt', 'a match reaches too far back')
    this.#grow(length)
    const from = this.#filled - distance
    if (distance >= length) this.#room.copyWithin(this.#filled, from, from + length)
    else
      for (let done = 0; done < length; done++)
        this.#room[this.#filled + done] = this.#room[from + done] as number
    this.#filled += length
    if (this.#filled - this.#flushed >= FLUSH) this.flush()
  }

  flush(): void {
    while (this.#flushed < this.#filled) {
      const part = this.#room.subarray(this.#flushed, Math.min(this.#filled, this.#flushed + PIECE))
      // First, lest it goes out twice where `write` throws.
      this.#flushed += part.length
      this.#sum = crc32(part, this.#sum)
      this.#write(part)
    }
  }

  #grow(more: number): void {
    const needed = this.#filled + more
    if (needed > this.#told) throw new DecodeError('corrupt', 'more comes out of a chunk than it has')
    if (needed > this.#most) throw new DecodeError('unsupported', 'a chunk of over 512 MiB')
    if (needed <= this.#room.length) return
    const grown = new Uint8Array(Math.min(this.#most, Math.max(needed, 2 * this.#room.length)))
    grown.set(this.#room.subarray(0, this.#filled))
    this.#room = grown
  }
}
