const FIRST = 1024

/** A list of unsigned 32-bit numbers that grows: tables of millions of nodes fit into memory. */
export class Column {
  #values = new Uint32Array(FIRST)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  at(index: number): number {
    return this.#values[index] as number
  }
}

/** The numbers below `length`, in the order that `compare` gives to them. */
export function sortedIndexes(length: number, compare: (a: number, b: number) => number): Uint32Array {
  return Uint32Array.from({ length }, (_, index) => index).sort(compare)
}

/** The first place in `order` whose key is not below `key`; `order` is sorted by it. */
export function lowerBound(order: Uint32Array, key: number, keyOf: (index: number) => number): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keyOf(order[middle] as number) < key) low = middle + 1
    else high = middle
  }
  return low
}
