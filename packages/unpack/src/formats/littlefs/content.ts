import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { type Blocks, blockAt } from './metadata.ts'

/** Bytes of a pointer to a block. */
const POINTER = 4

/** How many pointers block `index` of a skip list begins with: one more than the zeros at the end of the number. */
function pointersOf(index: number): number {
  return index === 0 ? 0 : 32 - Math.clz32(index & -index)
}

/** The number of the block, counted from 0, in which byte `position` of a skip list lies. DESIGN.md, "CTZ skip-lists". */
function indexOf(position: number, blockSize: number): number {
  const share = blockSize - 2 * POINTER
  const guess = Math.floor(position / share)
  if (guess === 0) return 0
  return Math.floor((position - POINTER * (bitsIn(guess - 1) + 2)) / share)
}

function bitsIn(value: number): number {
  let bits = 0
  for (let rest = value; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2
  return bits
}

/** Puts a file together from its last block to its first one. @throws FormatError where a block is not there */
export function fillFromSkipList(
  blocks: Blocks,
  list: { readonly head: number; readonly size: number },
  out: Uint8Array,
): void {
  const { bytes, blockSize } = blocks
  let block = list.head
  let end = list.size
  for (let index = indexOf(list.size - 1, blockSize); index >= 0; index--) {
    const at = blockAt(blocks, block)
    if (at === undefined) throw new FormatError('structure', `its block ${block} is not there`)
    const header = pointersOf(index) * POINTER
    const from = startOf(index, blockSize)
    if (from >= end || end - from > blockSize - header)
      throw new FormatError('structure', 'its size and its blocks do not fit')
    out.set(bytes.view(at + header, end - from), from)
    end = from
    if (index > 0) block = new Reader(bytes.view(at, POINTER), 'little').u32()
  }
}

/** Where the content of block `index` begins in the file: behind all blocks before it, without their pointers. */
function startOf(index: number, blockSize: number): number {
  if (index === 0) return 0
  // Of the numbers from 1 to n, the zeros at the ends add up to n minus the ones in n.
  const before = index - 1
  const pointers = 2 * before - bitsIn(before)
  return index * blockSize - POINTER * pointers
}
