import { DecodeError } from './stream-end.ts'

type Write = (chunk: Uint8Array) => void

const CHUNK = 256 * 1024
/** Bytes of room to begin with: most of what is compressed alone is smaller than what matches may reach back. */
const FIRST = 32 * 1024

/** What came out last, for matches to reach; goes out in chunks. */
export class History {
  total = 0
  readonly #history: number
  readonly #most: number
  #buffer: Uint8Array
  readonly #write: Write
  #filled = 0
  #written = 0

  /** @param history how far back matches reach, in bytes */
  constructor(history: number, write: Write) {
    this.#history = history
    // What is kept has to be moved to the front now and then: rarely, where it is large.
    this.#most = history + Math.max(CHUNK, history >>> 2)
    this.#buffer = new Uint8Array(Math.min(FIRST, this.#most))
    this.#write = write
  }

  literal(byte: number): void {
    if (this.#filled === this.#buffer.length) this.#makeRoom(1)
    this.#buffer[this.#filled++] = byte
    this.total++
  }

  match(distance: number, length: number): void {
    if (distance > this.total || distance > this.#history)
      throw new DecodeError('corrupt', 'a match reaches too far back')
    if (this.#filled + length > this.#buffer.length) this.#makeRoom(length)
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

  #makeRoom(length: number): void {
    const { length: size } = this.#buffer
    if (size < this.#most) {
      const larger = new Uint8Array(Math.min(this.#most, Math.max(4 * size, this.#filled + length)))
      larger.set(this.#buffer.subarray(0, this.#filled))
      this.#buffer = larger
    }
    if (this.#filled + length > this.#buffer.length) this.#move()
  }

  #move(): void {
    this.flush()
    const from = this.#filled - this.#history
    this.#buffer.copyWithin(0, from, this.#filled)
    this.#filled -= from
    this.#written = this.#filled
  }
}
