const MODULUS = 65_521
/** So many bytes may be added before a sum outgrows 32 bits. */
const STEP = 5552

/** Adler-32 (RFC 1950, section 9) of a content that goes on: `sum` is what came before gave. */
export function adler32(content: Uint8Array, sum = 1): number {
  let low = sum & 0xffff
  let high = sum >>> 16
  for (let from = 0; from < content.length; from += STEP) {
    const end = Math.min(from + STEP, content.length)
    for (let at = from; at < end; at++) {
      low += content[at] as number
      high += low
    }
    low %= MODULUS
    high %= MODULUS
  }
  return (high * 65_536 + low) >>> 0
}
