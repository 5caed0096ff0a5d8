/** Bytes of a unit: contexts take one, lists of states one for each two of them. */
export const UNIT = 12

/** Lists take 1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24 units, and from there on steps of four, up to 128. */
const SIZES = [4, 4, 4, 26].flatMap((count, row) => Array<number>(count).fill(row + 1))
export const UNITS_OF: readonly number[] = SIZES.map((_, index) =>
  SIZES.slice(0, index + 1).reduce((sum, step) => sum + step, 0),
)
const LARGEST = UNITS_OF.length - 1
const MOST_UNITS = 128
/** By units, less one: the smallest size that has room for them. */
const INDEX_OF = Uint8Array.from({ length: MOST_UNITS }, (_, less) =>
  UNITS_OF.findIndex((units) => units > less),
)
/** How many failed searches pass between two tries to join what is free. */
const GLUE_EVERY = 255
const MOST_GLUED = 0x10000

export function indexOf(units: number): number {
  return INDEX_OF[units - 1] as number
}

/**
 * The memory of a model. When it is full, the model begins anew: so whoever decodes has to hand out the very same places as
 * whoever encoded. Text grows from the bottom, lists from below the middle, contexts from the top down. Places are
 * offsets in bytes; 0 is none.
 */
export class Units {
  readonly bytes: Uint8Array
  readonly u16: Uint16Array
  readonly u32: Uint32Array
  text = 0
  low = 0
  high = 0
  /** Where units begin, and text has to end. */
  start = 0
  readonly #size: number
  readonly #offset: number
  readonly #free = new Uint32Array(UNITS_OF.length)
  #glue = 0

  constructor(size: number) {
    this.#size = size
    this.#offset = 4 - (size & 3)
    const buffer = new ArrayBuffer(this.#offset + size + UNIT)
    this.bytes = new Uint8Array(buffer)
    this.u16 = new Uint16Array(buffer, 0, buffer.byteLength >>> 1)
    this.u32 = new Uint32Array(buffer, 0, buffer.byteLength >>> 2)
  }

  reset(): void {
    this.#free.fill(0)
    this.#glue = 0
    this.text = this.#offset
    this.high = this.#offset + this.#size
    this.low = this.high - Math.floor(Math.floor(this.#size / 8) / UNIT) * 7 * UNIT
    this.start = this.low
  }

  isFree(index: number): boolean {
    return this.#free[index] !== 0
  }

  put(place: number, index: number): void {
    this.u32[place >>> 2] = this.#free[index] as number
    this.#free[index] = place
  }

  take(index: number): number {
    const place = this.#free[index] as number
    this.#free[index] = this.u32[place >>> 2] as number
    return place
  }

  /** A list of that size; 0 when there is no room. */
  allot(index: number): number {
    if (this.isFree(index)) return this.take(index)
    const bytes = (UNITS_OF[index] as number) * UNIT
    if (bytes > this.high - this.low) return this.#rare(index)
    this.low += bytes
    return this.low - bytes
  }

  /** A context; 0 when there is no room. */
  context(): number {
    if (this.high !== this.low) {
      this.high -= UNIT
      return this.high
    }
    return this.isFree(0) ? this.take(0) : this.#rare(0)
  }

  #rare(index: number): number {
    if (this.#glue === 0) {
      this.#join()
      if (this.isFree(index)) return this.take(index)
    }
    for (let larger = index + 1; larger <= LARGEST; larger++) {
      if (!this.isFree(larger)) continue
      const place = this.take(larger)
      this.#split(place, larger, index)
      return place
    }
    const bytes = (UNITS_OF[index] as number) * UNIT
    this.#glue--
    if (this.start - this.text <= bytes) return 0
    this.start -= bytes
    return this.start
  }

  /** Frees what of a list a smaller one does not need. */
  #split(place: number, from: number, to: number): void {
    const used = UNITS_OF[to] as number
    this.#putUnits(place + used * UNIT, (UNITS_OF[from] as number) - used)
  }

  #putUnits(place: number, units: number): void {
    let index = indexOf(units)
    if (UNITS_OF[index] !== units) {
      index--
      const fitting = UNITS_OF[index] as number
      this.put(place + fitting * UNIT, units - fitting - 1)
    }
    this.put(place, index)
  }

  shrink(place: number, from: number, to: number): number {
    const [before, after] = [indexOf(from), indexOf(to)]
    if (before === after) return place
    if (!this.isFree(after)) {
      this.#split(place, before, after)
      return place
    }
    const other = this.take(after)
    this.bytes.copyWithin(other, place, place + to * UNIT)
    this.put(place, before)
    return other
  }

  /** Joins free lists that lie side by side. While they are joined: a stamp, units, the next one, the one before. */
  #join(): void {
    const { u16, u32 } = this
    const head = this.#offset + this.#size
    this.#glue = GLUE_EVERY
    let last = head
    for (const [index, units] of UNITS_OF.entries()) {
      let next = this.#free[index] as number
      this.#free[index] = 0
      while (next !== 0) {
        const node = next
        u32[(node >>> 2) + 1] = last
        u32[(last >>> 2) + 2] = node
        last = node
        next = u32[node >>> 2] as number
        u16[node >>> 1] = 0
        u16[(node >>> 1) + 1] = units
      }
    }
    u16[head >>> 1] = 1
    u32[(head >>> 2) + 1] = last
    u32[(last >>> 2) + 2] = head
    if (this.low !== this.high) u16[this.low >>> 1] = 1
    for (let node = last; node !== head; node = u32[(node >>> 2) + 1] as number) this.#swallow(node)
    for (let node = u32[(head >>> 2) + 1] as number; node !== head; ) {
      const next = u32[(node >>> 2) + 1] as number
      let units = u16[(node >>> 1) + 1] as number
      for (; units > MOST_UNITS; units -= MOST_UNITS, node += MOST_UNITS * UNIT) this.put(node, LARGEST)
      this.#putUnits(node, units)
      node = next
    }
  }

  /** What is free behind a free list becomes part of it. */
  #swallow(node: number): void {
    const { u16, u32 } = this
    for (let units = u16[(node >>> 1) + 1] as number; ; ) {
      const other = node + units * UNIT
      units += u16[(other >>> 1) + 1] as number
      if (u16[other >>> 1] !== 0 || units >= MOST_GLUED) return
      const [next, before] = [u32[(other >>> 2) + 1] as number, u32[(other >>> 2) + 2] as number]
      u32[(before >>> 2) + 1] = next
      u32[(next >>> 2) + 2] = before
      u16[(node >>> 1) + 1] = units
    }
  }
}
