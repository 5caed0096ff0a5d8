import { type Bytes, forEachWindow, latin1, memoryBytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Of a block that others follow, and of the last one. */
export const MAGICS = ['BH\x01\x01P\0\0\x01', 'BH\x01\x01P\0\x05\x01']
export const MAGIC_AT = 64
const HEADER = 80
const SUM_AT = 14
const MOST_BLOCKS = 64
const MOST = 64 * 1024 * 1024
const WINDOW = 256 * 1024

/** OpenWrt firmware-utils, makeamitbin.c: little endian. */
export interface Amit {
  readonly blocks: readonly AmitBlock[]
  readonly end: number
}

interface AmitBlock {
  /** In flash. */
  readonly address: number
  readonly content: Stored
  readonly sum: number
}

/** The blocks from `at` on, or undefined where the first header has another sum. */
export function parseAmit(bytes: Bytes, at: number): Amit | undefined {
  const blocks: AmitBlock[] = []
  let place = at
  for (;;) {
    const block = blocks.length < MOST_BLOCKS ? blockAt(bytes, place) : undefined
    if (!block) break
    blocks.push(block)
    place = block.content.at + block.content.length
    if (block.last) break
  }
  return blocks.length > 0 ? { blocks, end: place } : undefined
}

function blockAt(bytes: Bytes, at: number): (AmitBlock & { readonly last: boolean }) | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const mark = MAGICS.indexOf(latin1(header.subarray(MAGIC_AT, MAGIC_AT + 8)))
  if (mark < 0 || amitSum(memoryBytes(header), { at: 0, length: HEADER }) !== 0xffff) return undefined
  const sum = new Reader(header, 'little', SUM_AT).u16()
  const reader = new Reader(header, 'little', 32)
  const [address, , , length] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  if (length === 0 || length > MOST) return undefined
  return { address, content: { at: at + HEADER, length }, sum, last: mark === 1 }
}

/** Words of 16 bits, little endian, added with their carries; of a header with its own sum it is all ones. @throws BytesError */
export function amitSum(bytes: Bytes, { at, length }: Stored): number {
  let sum = 0
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    for (let place = 0; place < window.length; place += 2) {
      sum += (window[place] as number) | ((window[place + 1] ?? 0) << 8)
      if (sum > 0xffff) sum = (sum & 0xffff) + 1
    }
    return true
  })
  return sum
}
