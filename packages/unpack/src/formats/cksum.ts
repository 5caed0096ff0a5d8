import type { Bytes } from '@messlatte/bytes'
import { foldStretch } from './members.ts'

/** CRC-32 with its highest bit first (polynomial 0x04c11db7), of what follows `before`. */
export function crc32High(content: Uint8Array, before: number): number {
  let sum = before
  for (const byte of content) sum = (sum << 8) ^ (TABLE[(sum >>> 24) ^ byte] as number)
  return sum >>> 0
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0)
  return value
})

/** `crc32High` of a stretch, however long. @throws BytesError */
export function crc32HighOf(bytes: Bytes, at: number, length: number, before: number): number {
  return foldStretch(bytes, at, length, before, (sum, window) => crc32High(window, sum))
}

/** What cksum of POSIX ends with: the length that was summed up, its lowest byte first, as long as something is left of it. */
export function cksumEnd(sum: number, length: number): number {
  const bytes: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.push(left % 256)
  return ~crc32High(Uint8Array.from(bytes), sum) >>> 0
}
