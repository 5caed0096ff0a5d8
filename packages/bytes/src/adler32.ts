const MODULUS = 65_521
/** So many bytes may be added before a sum outgrows 31 bits, in which the engine counts four times as fast. */
const STEP = 3800

/** Adler-32 (RFC 1950, section 9) of a content that goes on: `sum` is what came before gave. */
export function adler32(content: Uint8Array, sum = 1): number {
  let all = sum
  for (let at = 0; at < content.length; at += STEP)
    all = addStep(content, at, Math.min(at + STEP, content.length), all)
  return all
}

/** By itself, because the engine leaves a loop within a loop that it made fast while it ran, over and over. */
function addStep(content: Uint8Array, from: number, end: number, sum: number): number {
  let low = sum & 0xffff
  let high = sum >>> 16
  for (let at = from; at < end; at++) {
    low = (low + (content[at] as number)) | 0
    high = (high + low) | 0
  }
  return (high % MODULUS) * 65_536 + (low % MODULUS)
}
