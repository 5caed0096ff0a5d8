const STRIDE = 8

/** Tables of the Castagnoli polynomial, reflected: what a byte comes to, and what it comes to with 1 to 7 zeros behind it. */
const TABLE = new Uint32Array(STRIDE * 256)
for (let byte = 0; byte < 256; byte++) {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f6_3b78 : value >>> 1
  TABLE[byte] = value
}
for (let at = 256; at < TABLE.length; at++) {
  const before = TABLE[at - 256] as number
  TABLE[at] = (TABLE[before & 0xff] as number) ^ (before >>> 8)
}

/** CRC-32C of `bytes`, gone on with from `sum`, as file systems of Linux keep it: not inverted at its end. */
export function crc32c(bytes: Uint8Array, sum = 0xffff_ffff): number {
  const whole = bytes.length & ~(STRIDE - 1)
  let value = sum
  for (let i = 0; i < whole; i += STRIDE) {
    const first = value ^ byte4(bytes, i)
    const second = byte4(bytes, i + 4)
    value =
      (TABLE[0x700 | (first & 0xff)] as number) ^
      (TABLE[0x600 | ((first >>> 8) & 0xff)] as number) ^
      (TABLE[0x500 | ((first >>> 16) & 0xff)] as number) ^
      (TABLE[0x400 | (first >>> 24)] as number) ^
      (TABLE[0x300 | (second & 0xff)] as number) ^
      (TABLE[0x200 | ((second >>> 8) & 0xff)] as number) ^
      (TABLE[0x100 | ((second >>> 16) & 0xff)] as number) ^
      (TABLE[second >>> 24] as number)
  }
  for (let i = whole; i < bytes.length; i++) {
    value = (TABLE[(value ^ (bytes[i] as number)) & 0xff] as number) ^ (value >>> 8)
  }
  return value >>> 0
}

function byte4(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  )
}
