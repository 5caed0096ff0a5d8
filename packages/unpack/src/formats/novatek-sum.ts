import { type Bytes, forEachWindow } from '@messlatte/bytes'

const WINDOW = 256 * 1024

/**
 * Novatek's checksum of a stretch: each 16-bit word (little endian) with its index added, modulo 2^16. Tools set a word within
 * so that it is zero. Facts: documentation of viofo-fw, "The Novatek checksum". @throws BytesError
 */
export function novatekSum(bytes: Bytes, at: number, length: number): number {
  let sum = 0
  let index = 0
  forEachWindow(bytes, at, at + (length & ~1), WINDOW, 0, (window) => {
    for (let i = 0; i < window.length; i += 2) sum = (sum + window.readUInt16LE(i) + index++) & 0xffff
    return true
  })
  return sum
}
