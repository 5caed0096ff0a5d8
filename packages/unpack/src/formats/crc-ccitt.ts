import type { Bytes } from '@messlatte/bytes'
import { foldStretch } from './members.ts'

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value & 0x8000 ? 0x1021 : 0)
  return value
})

/** CRC-16 (CCITT: polynomial 0x1021, its highest bit first) of what follows `before`. */
export function crcCcitt(content: Uint8Array, before: number): number {
  let sum = before
  for (const byte of content) sum = ((sum << 8) & 0xffff) ^ (TABLE[(sum >>> 8) ^ byte] as number)
  return sum
}

/** `crcCcitt` of a stretch, however long. @throws BytesError */
export function crcCcittOf(bytes: Bytes, at: number, length: number, before: number): number {
  return foldStretch(bytes, at, length, before, (sum, window) => crcCcitt(window, sum))
}
