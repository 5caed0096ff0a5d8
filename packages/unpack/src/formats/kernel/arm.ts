import { type Bytes, Reader } from '@messlatte/bytes'
import type { KernelImage } from './parse.ts'

/** Bytes of the header with its pointer to the table of sizes. */
const HEADER = 60
const MAGIC = 0x016f_2818
const ENDIAN = 0x0403_0201
/** Says that a table is there (since Linux 4.15), and tag of the entry that leads to the end of the compressed kernel. */
const HAS_TABLE = 0x4545_4545
const KERNEL_SIZE = 0x5a53_4c4b
const LEAST = 4096
/** Bytes; a zImage has to be within 128 MiB of the kernel's place. */
const MOST = 128 * 1024 * 1024

/**
 * The header of an ARM zImage (arch/arm/boot/compressed/head.S): instructions that do nothing, then at 36 magic, start, end
 * and a word of the byte order.
 */
export function parseZimage(bytes: Bytes, at: number): KernelImage | undefined {
  if (at + HEADER > bytes.size) return undefined
  const head = bytes.view(at, HEADER)
  const endian = new Reader(head, 'little', 36).u32() === MAGIC ? 'little' : 'big'
  const reader = new Reader(head, endian)
  const words = Array.from({ length: HEADER / 4 }, () => reader.u32())
  const [magic, start, end, order, more, table] = words.slice(9) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const size = end - start
  const idles = words.slice(2, 6).every((word) => word === words[2] && word !== 0 && word !== 0xffff_ffff)
  if (magic !== MAGIC || !idles || size < LEAST || size > MOST) return undefined
  // Kernels before 3.17 have no word of the byte order.
  const kernelEnd =
    order === ENDIAN && more === HAS_TABLE ? endFromTable(bytes, at + table, at + size, endian) : undefined
  const search = { at: at + HEADER, length: size - HEADER }
  const stop = kernelEnd === undefined ? undefined : at + kernelEnd
  if (stop !== undefined && stop > search.at && stop <= at + size)
    return {
      variant: 'arm-zimage',
      end: at + size,
      endIsBound: false,
      parts: [],
      search: { ...search, length: stop - search.at },
    }
  return { variant: 'arm-zimage', end: at + size, endIsBound: false, parts: [], search }
}

/** Behind the length of the kernel, which is the last thing of the compressed one; from the start of the image. */
function endFromTable(bytes: Bytes, at: number, limit: number, endian: 'little' | 'big'): number | undefined {
  if (at + 12 > Math.min(bytes.size, limit)) return undefined
  const reader = new Reader(bytes.view(at, 12), endian, 4)
  return reader.u32() === KERNEL_SIZE ? reader.u32() + 4 : undefined
}
