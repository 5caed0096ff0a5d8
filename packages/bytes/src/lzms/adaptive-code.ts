import { type CodeBits, PrefixCode } from '../prefix-code.ts'

const MOST_SYMBOLS = 1024

/** A prefix code that is made anew, out of how often each symbol came, whenever so many were read. */
export class AdaptiveCode {
  readonly #counts: Uint32Array
  readonly #every: number
  #code: PrefixCode
  #left: number

  /** @param symbols MOST_SYMBOLS at most */
  constructor(symbols: number, every: number) {
    this.#counts = new Uint32Array(symbols).fill(1)
    this.#every = every
    this.#left = every
    this.#code = PrefixCode.withGaps(codeLengths(this.#counts))
  }

  /** @throws DecodeError */
  decode(reader: CodeBits): number {
    const symbol = this.#code.decode(reader)
    const counts = this.#counts
    counts[symbol] = (counts[symbol] as number) + 1
    if (--this.#left === 0) {
      this.#code = PrefixCode.withGaps(codeLengths(counts))
      for (let index = 0; index < counts.length; index++)
        counts[index] = ((counts[index] as number) >>> 1) + 1
      this.#left = this.#every
    }
    return symbol
  }
}

/** Bits of each symbol's code as Huffman made them: of two that came equally often, a symbol is joined before what was joined. */
export function codeLengths(counts: Uint32Array): Uint8Array {
  const lengths = new Uint8Array(counts.length)
  if (counts.length < 2) return lengths.fill(1)
  const sorted = Uint32Array.from(counts, (count, symbol) => count * MOST_SYMBOLS + symbol).sort()
  const parents = joinAll(sorted)
  /** Of what was joined, from the last one, which is the root, to the first. */
  const depths = new Uint8Array(counts.length - 1)
  const symbolsAt: number[] = []
  const joinedAt = new Uint32Array(256)
  for (let node = depths.length - 2; node >= 0; node--)
    depths[node] = (depths[parents[node] as number] as number) + 1
  for (const depth of depths) joinedAt[depth] = (joinedAt[depth] as number) + 1
  for (let depth = 1, room = 2; room > 0; depth++) {
    const joined = joinedAt[depth] as number
    symbolsAt[depth] = room - joined
    room = 2 * joined
  }
  let next = 0
  for (let depth = symbolsAt.length - 1; depth > 0; depth--)
    for (let count = symbolsAt[depth] as number; count > 0; count--)
      lengths[(sorted[next++] as number) % MOST_SYMBOLS] = depth
  return lengths
}

/** Joins the two rarest, until one is left. @returns for each one that was joined, which one took it in */
function joinAll(sorted: Uint32Array): Uint16Array {
  const joins = sorted.length - 1
  const [sums, parents] = [new Uint32Array(joins), new Uint16Array(joins)]
  let [leaf, joined] = [0, 0]
  for (let made = 0; made < joins; made++) {
    let sum = 0
    for (let two = 0; two < 2; two++) {
      const count = leaf < sorted.length ? Math.floor((sorted[leaf] as number) / MOST_SYMBOLS) : Infinity
      if (joined < made && (sums[joined] as number) < count) {
        sum += sums[joined] as number
        parents[joined++] = made
      } else {
        sum += count
        leaf++
      }
    }
    sums[made] = sum
  }
  return parents
}
