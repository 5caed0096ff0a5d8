/** The last four distances, the latest first. */
export class Distances {
  readonly #last = new Float64Array(4)

  reset(): void {
    this.#last.fill(0)
  }

  at(index: number): number {
    return this.#last[index] as number
  }

  /** Puts one in front. */
  add(distance: number): void {
    this.#last.copyWithin(1, 0, 3)
    this.#last[0] = distance
  }

  /** Moves one to the front. */
  again(index: number): number {
    const distance = this.at(index)
    this.#last.copyWithin(1, 0, index)
    this.#last[0] = distance
    return distance
  }
}
