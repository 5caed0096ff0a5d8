import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { LimitError, RATIO_FLOOR } from './limits.ts'

const FIRST = 64 * 1024
const ZEROS = Buffer.alloc(64 * 1024)

/**
 * Collects a stream's output in shared memory that grows in place, so that other threads can read it without a copy.
 * Stops with a LimitError when it outgrows `most` bytes, or `ratio` times the input.
 */
export class Growing {
  readonly #most: number
  readonly #ratioBound: number
  #shared: SharedArrayBuffer | undefined
  #length = 0
  #bytes: Uint8Array = new Uint8Array(0)

  constructor(most: number, inputSize: number, ratio: number) {
    this.#most = most
    this.#ratioBound = Math.max(RATIO_FLOOR, inputSize * ratio)
  }

  /** Memory is taken with the first byte: most of what is tried as a stream never has one. */
  #makeRoom(end: number): void {
    if (!this.#shared) {
      const first = Math.min(this.#most, Math.max(FIRST, end))
      this.#shared = new SharedArrayBuffer(first, { maxByteLength: this.#most })
    } else if (end > this.#shared.byteLength) {
      this.#shared.grow(Math.min(this.#most, Math.max(end, this.#shared.byteLength * 2)))
    }
    this.#bytes = new Uint8Array(this.#shared)
  }

  get length(): number {
    return this.#length
  }

  /** @throws LimitError `artefact` or `ratio` */
  write(chunk: Uint8Array): void {
    const end = this.#length + chunk.length
    if (end > this.#most) throw new LimitError('artefact', `over ${this.#most} bytes`)
    if (end > this.#ratioBound)
      throw new LimitError('ratio', `over ${this.#ratioBound} bytes out of a small input`)
    if (end > this.#bytes.length) this.#makeRoom(end)
    // New memory is zero, and stays no memory at all until somebody writes to it: most of a file system is empty.
    for (let at = 0; at < chunk.length; at += ZEROS.length) {
      const part = chunk.subarray(at, at + ZEROS.length)
      if (ZEROS.compare(part, 0, part.length, 0, part.length) !== 0) this.#bytes.set(part, this.#length + at)
    }
    this.#length = end
  }

  content(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  bytes(): Bytes {
    return memoryBytes(this.content())
  }
}
