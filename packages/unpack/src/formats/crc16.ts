const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xa001 : value >>> 1
  return value
})

/** CRC-16 (ARC: polynomial 0x8005, reflected, beginning with 0) of what follows `before`. */
export function crc16(content: Uint8Array, before = 0): number {
  let sum = before
  for (const byte of content) sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 0xff] as number)
  return sum
}
