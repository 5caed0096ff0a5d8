import { type Bytes, Reader } from '@messlatte/bytes'
import { type TreeBehind, treeBehind } from '../u-boot-tree.ts'

/** First instructions: plain, SPL, with the header of a kernel, and two that leave room for what the boot ROM of Allwinner's chips writes. */
export const STARTS = [
  '\x0a\0\0\x14\x1f\x20\x03\xd5',
  '\x01\0\0\x14\x09\0\0\x14',
  '\x18\0\0\x14\0\0\0\0',
  '\x88\x01\0\x14\0\0\0\0',
  '\x1f\0\0\xea',
  // DragonBoard 410c: its boot ROM starts it with 32 bits.
  '\x40\x42\x38\xd5\x1f\x10\0\xf1',
]
const BRANCH = 0x14
/** Bytes at the start in which that branch stands: boards may do something first. */
const HEAD = 64
/** Four numbers of 64 bits stand before what the branch leads to: where it is linked, its end, start and end of its BSS. */
const NUMBERS = 32
const LEAST = 4096
const MOST = 16 * 1024 * 1024

export interface UBoot extends TreeBehind {
  /** Offset in the source. */
  readonly codeEnd: number
}

/** Little endian. U-Boot, arch/arm/cpu/armv8/start.S: `_TEXT_BASE`, `_end_ofs`, `_bss_start_ofs`, `_bss_end_ofs`. */
export function findUBoot(bytes: Bytes, at: number): UBoot | undefined {
  const numbersAt = at + targetOf(bytes, at) - NUMBERS
  if (numbersAt < at + 8 || numbersAt + NUMBERS > bytes.size) return undefined
  const reader = new Reader(bytes.view(numbersAt, NUMBERS), 'little')
  const [linked, length, bssStart, bssEnd] = [
    reader.size64(),
    reader.size64(),
    reader.size64(),
    reader.size64(),
  ]
  if (linked % 4096 !== 0 || length < LEAST || length > MOST || length % 4 !== 0) return undefined
  // The BSS of an SPL lies elsewhere; that of U-Boot begins where the code ends.
  if (bssStart < length || bssEnd < bssStart) return undefined
  const codeEnd = at + length
  const tree = treeBehind(bytes, codeEnd)
  return tree && { codeEnd, ...tree }
}

/** Where the first branch leads to that leaves room for the numbers, from the start; 0 where there is none. */
function targetOf(bytes: Bytes, at: number): number {
  const head = bytes.view(at, Math.min(HEAD, bytes.size - at))
  const reader = new Reader(head, 'little')
  for (let from = 0; from + 4 <= head.length; from += 4) {
    const instruction = reader.u32()
    const target = from + (instruction & 0xff_ffff) * 4
    if (instruction >>> 24 === BRANCH && target > NUMBERS + 4) return target
  }
  return 0
}
