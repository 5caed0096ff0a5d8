import { type Bytes, forEachWindow } from '@messlatte/bytes'

const WINDOW = 256 * 1024

/** The checksum of an image from `at` to `end`: its 16-bit words with carries, without the checksum itself, and its size. */
export function peChecksum(bytes: Bytes, at: number, end: number, checksumAt: number): number {
  let sum = 0
  forEachWindow(bytes, at, end, WINDOW, 0, (window, from) => {
    for (let index = 0; index < window.length; index += 2) {
      const place = from + index
      if (place >= checksumAt && place < checksumAt + 4) continue
      sum += (window[index] as number) | ((window[index + 1] ?? 0) << 8)
    }
    return true
  })
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000)
  return sum + (end - at)
}
