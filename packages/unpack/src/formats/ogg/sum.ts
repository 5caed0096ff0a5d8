const POLYNOMIAL = 0x04c1_1db7

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24
  for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? POLYNOMIAL : 0)
  return sum
})

/** CRC-32 with the highest bit first, from zero on and not inverted (RFC 3533, section 6, field 7). */
export function pageSum(page: Uint8Array): number {
  let sum = 0
  for (const byte of page) sum = (sum << 8) ^ (TABLE[(sum >>> 24) ^ byte] as number)
  return sum >>> 0
}
