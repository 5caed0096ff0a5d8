/** How many bits follow a symbol of a distance or length, and from which number on they count. */
export interface Slots {
  readonly bits: Uint8Array
  readonly bases: Uint32Array
}

/** By the bits that follow: how many symbols one behind the other have so many. */
const DISTANCES: readonly (readonly [bits: number, symbols: number])[] = [
  [0, 8],
  [2, 9],
  [3, 7],
  [4, 10],
  [5, 15],
  [6, 15],
  [7, 20],
  [8, 20],
  [9, 30],
  [10, 33],
  [11, 40],
  [12, 42],
  [13, 45],
  [14, 60],
  [15, 73],
  [16, 80],
  [17, 85],
  [18, 95],
  [19, 105],
  [20, 6],
  [30, 1],
]
const LENGTHS: typeof DISTANCES = [
  [0, 26],
  [1, 4],
  [2, 6],
  [3, 4],
  [4, 5],
  [5, 2],
  [6, 1],
  [7, 1],
  [8, 1],
  [9, 1],
  [10, 1],
  [16, 1],
  [30, 1],
]

function slotsOf(runs: typeof DISTANCES): Slots {
  const bits = Uint8Array.from(runs.flatMap(([width, symbols]) => Array<number>(symbols).fill(width)))
  const bases = new Uint32Array(bits.length)
  let base = 1
  for (let slot = 0; slot < bits.length; slot++) {
    bases[slot] = base
    base += 2 ** (bits[slot] as number)
  }
  return { bits, bases }
}

export const DISTANCE_SLOTS = slotsOf(DISTANCES)
export const LENGTH_SLOTS = slotsOf(LENGTHS)

/** Symbols that a content of so many bytes needs for its distances. */
export function distanceSymbols(size: number): number {
  const behind = DISTANCE_SLOTS.bases.findIndex((base) => base >= size)
  return behind < 0 ? DISTANCE_SLOTS.bases.length : behind
}
