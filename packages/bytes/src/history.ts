import { DecodeError } from './stream-end.ts'

type Write = (chunk: Uint8Array) => void

const CHUNK = 256 * 1024

/** What came out last, for matches to reach; goes out in chunks. */
export class History {
  total = 0
  readonly #history: number
  readonly #buffer: Uint8Array
  readonly #write: Write
  #filled = 0
  #written = 0

  /** @param history how far back matches reach, in bytes */
  constructor(history: number, write: Write) {
    this.#history = history
    // What is kept has to be moved to the front now and then: rarely, where it is large.
    this.#buffer = new Uint8Array(history + Math.max(CHUNK, history >>> 2))
    this.#write = write
  }

  literal(byte: number): void {
    if (this.#filled === this.#buffer.length) this.#move()
    this.#buffer[this.#filled++] = byte
    this.total++
  }

  match(distance: number, length: number): void {
    if (distance > this.total || distance > this.#history)
      throw new DecodeError('corrupt', 'a match reaches too far back')
    if (this.#filled + length > this.#buffer.length) this.#move()
    const buffer = this.#buffer
    for (let at = this.#filled, end = at + length; at < end; at++)
      buffer[at] = buffer[at - distance] as number
    this.#filled += length
    this.total += length
  }

  flush(): void {
    if (this.#filled > this.#written) this.#write(this.#buffer.subarray(this.#written, this.#filled))
    this.#written = this.#filled
  }

  #move(): void {
    this.flush()
    const from = this.#filled - this.#history
    this.#buffer.copyWithin(0, from, this.#filled)
    this.#filled -= from
    this.#written = this.#filled
  }
}
