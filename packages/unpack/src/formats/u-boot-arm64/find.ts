import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { parseFdtHeader } from '../fdt/parse.ts'

/** First two instructions: plain, SPL, and two that leave room for what the boot ROM of Allwinner's chips writes. */
export const STARTS = [
  '\x0a\0\0\x14\x1f\x20\x03\xd5',
  '\x01\0\0\x14\x09\0\0\x14',
  '\x88\x01\0\x14\0\0\0\0',
  '\x1f\0\0\xea\x41\0\0\x14',
]
const TREE = '\xd0\x0d\xfe\xed'
const TREE_HEADER = 40
const BRANCH = 0x14
/** Four numbers of 64 bits stand before what the branch leads to: where it is linked, its end, start and end of its BSS. */
const NUMBERS = 32
const LEAST = 4096
const MOST = 16 * 1024 * 1024

export interface UBoot {
  /** Offsets in the source. */
  readonly codeEnd: number
  /** Behind the device tree, where one follows, or at the end of the bytes, where it is cut off. */
  readonly end: number
  readonly cut: boolean
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
  const tree = treeAt(bytes, codeEnd)
  return tree && { codeEnd, ...tree }
}

/** Where the first or the second instruction branches to, from the start; 0 where neither does. */
function targetOf(bytes: Bytes, at: number): number {
  const reader = new Reader(bytes.view(at, 8), 'little')
  for (const from of [0, 4]) {
    const instruction = reader.u32()
    const target = from + (instruction & 0xff_ffff) * 4
    if (instruction >>> 24 === BRANCH && target > NUMBERS + 4) return target
  }
  return 0
}

/** The device tree that begins there, or as much of it as there is; undefined where something else does. */
function treeAt(bytes: Bytes, at: number): Pick<UBoot, 'end' | 'cut'> | undefined {
  if (at >= bytes.size) return at === bytes.size ? { end: at, cut: false } : undefined
  const there = latin1(bytes.view(at, Math.min(TREE.length, bytes.size - at)))
  if (!TREE.startsWith(there)) return undefined
  const size = at + 8 > bytes.size ? TREE_HEADER : new Reader(bytes.view(at + 4, 4), 'big').u32()
  if (at + size > bytes.size) return { end: bytes.size, cut: true }
  return { end: at + parseFdtHeader(bytes, at).totalSize, cut: false }
}
