import { type Bytes, MAX_VIEW } from './bytes.ts'

const WINDOW = 1024 * 1024

/**
 * Room behind a history of so many bytes, before its end has to be moved to the front: large enough that this is rare,
 * small beside a large history.
 */
export function roomBehind(history: number): number {
  return Math.max(4 * WINDOW, Math.ceil(history / 4))
}

/** Reads a source from front to back through a window of up to 1 MiB. */
export class Feed {
  at: number
  readonly #source: Bytes
  #window: Uint8Array = new Uint8Array(0)
  #start = 0

  constructor(source: Bytes, at: number) {
    this.#source = source
    this.at = at
  }

  get left(): number {
    return this.#source.size - this.at
  }

  /** Up to `length` bytes from here on, without going on. */
  peek(length: number): Uint8Array {
    const size = Math.min(length, this.left, MAX_VIEW)
    const offset = this.at - this.#start
    if (offset < 0 || offset + size > this.#window.length) {
      this.#start = this.at
      this.#window = this.#source.view(this.at, Math.min(Math.max(size, WINDOW), this.left))
      return this.#window.subarray(0, size)
    }
    return this.#window.subarray(offset, offset + size)
  }
}
