/** Lengths of records that are tried, in bytes. */
const LONGEST = 32
/** Beyond what chance makes equal, so much of the rest has to be. */
const LEAST_EXCESS = 0.25
/** Bytes at the front of a window that show which lengths are worth a look at the rest. */
const FRONT = 1024
const FRONT_EXCESS = LEAST_EXCESS / 2

/**
 * The length of the records, in bytes, of which a window consists: bytes at that distance are equal far more often than
 * their frequencies alone make them. Undefined where there is none.
 */
export function periodOf(window: Uint8Array): number | undefined {
  const counts = new Float64Array(256)
  for (const byte of window) counts[byte] = (counts[byte] as number) + 1
  let chance = 0
  for (const count of counts) chance += (count / window.length) ** 2
  const excessOf = (part: Uint8Array, lag: number) => (shareEqual(part, lag) - chance) / (1 - chance)
  const front = window.subarray(0, FRONT)
  let best: number | undefined
  let most = LEAST_EXCESS
  for (let lag = 2; lag <= LONGEST; lag++) {
    if (excessOf(front, lag) < FRONT_EXCESS) continue
    const excess = excessOf(window, lag)
    if (excess > most * 1.01) {
      best = lag
      most = excess
    }
  }
  return best
}

function shareEqual(window: Uint8Array, lag: number): number {
  let equal = 0
  for (let at = lag; at < window.length; at++) if (window[at] === window[at - lag]) equal++
  return equal / (window.length - lag)
}
