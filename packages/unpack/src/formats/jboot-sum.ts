import { type Bytes, forEachWindow } from '@messlatte/bytes'

const WINDOW = 256 * 1024

/**
 * JBOOT's checksum of a stretch: words of 16 bits (little endian), added with their carries. A last odd byte counts 255 less.
 * Facts: OpenWrt, mkdlinkfw-lib.c. @throws BytesError
 */
export function jbootSum(bytes: Bytes, at: number, length: number): number {
  let sum = 0
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    let i = 0
    for (; i + 1 < window.length; i += 2) sum = folded(sum + window.readUInt16LE(i))
    if (i < window.length) sum = folded(sum + (window[i] as number) - 0xff)
    return true
  })
  return sum
}

function folded(sum: number): number {
  let value = sum >>> 0
  while (value > 0xffff) value = (value & 0xffff) + (value >>> 16)
  return value
}
