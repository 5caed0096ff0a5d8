/** Table of the Castagnoli polynomial, reflected. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f6_3b78 : value >>> 1
  return value
})

/** CRC-32C of `bytes`, gone on with from `sum`, as file systems of Linux keep it: not inverted at its end. */
export function crc32c(bytes: Uint8Array, sum = 0xffff_ffff): number {
  let value = sum
  for (let i = 0; i < bytes.length; i++) {
    value = (TABLE[(value ^ (bytes[i] as number)) & 0xff] as number) ^ (value >>> 8)
  }
  return value >>> 0
}
