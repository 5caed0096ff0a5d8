import { History } from '../history.ts'

/** History that is zeros before anything came out: what PKZIP's first methods may refer to. */
export class ZeroHistory {
  readonly #history: History
  readonly #before: number
  readonly #write: (chunk: Uint8Array) => void
  #skipped = 0

  /** @param history how far back matches reach, in bytes */
  constructor(history: number, write: (chunk: Uint8Array) => void) {
    this.#before = history
    this.#write = write
    this.#history = new History(history, (chunk) => this.#deliver(chunk))
    for (let index = 0; index < history; index++) this.#history.literal(0)
  }

  get total(): number {
    return this.#history.total - this.#before
  }

  literal(byte: number): void {
    this.#history.literal(byte)
  }

  match(distance: number, length: number): void {
    this.#history.match(distance, length)
  }

  flush(): void {
    this.#history.flush()
  }

  #deliver(chunk: Uint8Array): void {
    const skip = Math.min(this.#before - this.#skipped, chunk.length)
    this.#skipped += skip
    if (skip < chunk.length) this.#write(chunk.subarray(skip))
  }
}
