import { DecodeError, stuffitArsenic, stuffitLzHuffman } from '@messlatte/bytes'
import { unpackArc } from './arc/unpack.ts'
import { lzwDecode } from './compress/lzw.ts'
import { asStored, type Unpack } from './packed-member.ts'

/** Has a sum of its own. */
export const ARSENIC = 15
const LZW_BITS = 14
/** Runs are those of ARC. */
const ARC_RUNS = 3
const CHUNK = 64 * 1024
/** A tree over bytes has no more nodes. */
const MOST_NODES = 512

/** StuffIt's methods by their numbers; others are told and not undone. */
export const METHODS: ReadonlyMap<number, Unpack> = new Map<number, Unpack>([
  [0, asStored],
  [1, (input, _size, write) => unpackArc(input, ARC_RUNS, write)],
  [
    2,
    (input, _size, write) =>
      lzwDecode(
        (at, length) => input.subarray(at, at + length),
        input.length,
        { mostBits: LZW_BITS, clears: true },
        write,
      ),
  ],
  [3, prefixCodes],
  [13, (input, _size, write) => stuffitLzHuffman(input, write)],
  [ARSENIC, (input, _size, write) => stuffitArsenic(input, write)],
])

/** A tree in the order of its nodes (a one and eight bits are a leaf, a zero has two branches), then its codes; highest bit first. */
function prefixCodes(input: Uint8Array, size: number, write: (chunk: Uint8Array) => void): void {
  let at = 0
  function bit(): number {
    if (at >= input.length * 8) throw new DecodeError('truncated', 'StuffIt: the data ends early')
    const value = ((input[at >>> 3] as number) >>> (7 - (at & 7))) & 1
    at++
    return value
  }

  /** Branches of node n stand at 2 n and 2 n + 1; what is negative is a leaf. */
  const branches = new Int16Array(2 * MOST_NODES)
  const open: number[] = [0]
  let nodes = 1
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (bit() === 1) {
      let byte = 0
      for (let count = 0; count < 8; count++) byte = byte * 2 + bit()
      branches[place] = -1 - byte
    } else {
      if (nodes >= MOST_NODES) throw new DecodeError('corrupt', 'StuffIt: a tree of too many nodes')
      branches[place] = nodes
      open.push(2 * nodes + 1, 2 * nodes)
      nodes++
    }
  }

  const out = new Uint8Array(Math.min(size, CHUNK))
  let filled = 0
  for (let done = 0; done < size; done++) {
    let node = branches[0] as number
    while (node >= 0) node = branches[2 * node + bit()] as number
    out[filled++] = -1 - node
    if (filled === out.length) {
      write(out)
      filled = 0
    }
  }
  write(out.subarray(0, filled))
}
