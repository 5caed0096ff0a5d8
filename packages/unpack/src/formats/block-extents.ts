import { FormatError } from '../contract.ts'

/** Blocks of a partition. */
export interface BlockExtent {
  readonly start: number
  readonly count: number
}

/** The blocks that contents fill, one stretch after the other. */
export class Blocks {
  readonly #stretches: Uint8Array[]
  #index = 0
  #done = 0
  /** Bytes of room that nothing was written to. */
  left: number

  /** @throws FormatError where some lie outside of the partition */
  constructor(out: Uint8Array, block: number, extents: readonly BlockExtent[]) {
    this.#stretches = extents.map(({ start, count }) => {
      const [from, to] = [start * block, (start + count) * block]
      // The last block may be longer than what is left of the partition.
      if (!(to <= out.length + block - 1))
        throw new FormatError('structure', 'blocks outside of the partition')
      return out.subarray(from, Math.min(to, out.length))
    })
    this.left = this.#stretches.reduce((sum, { length }) => sum + length, 0)
  }

  clear(): void {
    for (const stretch of this.#stretches) stretch.fill(0)
  }

  /** @throws FormatError where there is no room left */
  write(chunk: Uint8Array): void {
    for (const { from, view } of this.rest(chunk.length)) view.set(chunk.subarray(from, from + view.length))
  }

  /** Room for the next `length` bytes; `from` is how many of them come before. @throws FormatError */
  *rest(length: number): Generator<{ readonly from: number; readonly view: Uint8Array }> {
    for (let from = 0; from < length; ) {
      const stretch = this.#stretches[this.#index]
      if (!stretch) throw new FormatError('structure', 'more bytes than blocks')
      const view = stretch.subarray(this.#done, this.#done + length - from)
      if (view.length === 0) {
        this.#index++
        this.#done = 0
        continue
      }
      yield { from, view }
      from += view.length
      this.#done += view.length
      this.left -= view.length
    }
  }
}
