/** Subkeys (18 words) and the four boxes (256 words each) of Blowfish, in one array: what a key changes. */
export type BlowfishState = Int32Array

export const SUBKEYS = 18
const WORDS = SUBKEYS + 4 * 256

let initial: BlowfishState | undefined

/** A fresh state before any key: the fractional bits of pi (Schneier, "Description of a New Variable-Length Key…", 1993). */
export function initialState(): BlowfishState {
  initial ??= fractionOfPi(WORDS)
  return initial.slice()
}

/** The first words of pi after the point, by Machin's formula; the guard bits take up what the divisions cut off. */
function fractionOfPi(words: number): Int32Array {
  const guard = 64n
  const bits = BigInt(words * 32) + guard
  const one = 1n << bits
  const inverseTangent = (of: bigint): bigint => {
    let power = one / of
    let sum = power
    for (let divisor = 3n, sign = -1n; power > 0n; divisor += 2n, sign = -sign) {
      power /= of * of
      sum += (sign * power) / divisor
    }
    return sum
  }
  const pi = 4n * (4n * inverseTangent(5n) - inverseTangent(239n))
  const hex = ((pi - 3n * one) >> guard).toString(16).padStart(words * 8, '0')
  return Int32Array.from({ length: words }, (_, at) => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16))
}

/**
 * Encrypts the two words at `at` of a block in place.
 * @param block pairs of words
 */
export function encrypt(state: BlowfishState, block: Int32Array, at: number): void {
  let left = (block[at] as number) ^ (state[0] as number)
  let right = block[at + 1] as number
  for (let round = 1; round <= 16; round += 2) {
    right ^= mix(state, left) ^ (state[round] as number)
    left ^= mix(state, right) ^ (state[round + 1] as number)
  }
  block[at] = right ^ (state[17] as number)
  block[at + 1] = left
}

function mix(state: BlowfishState, word: number): number {
  const sum =
    ((state[SUBKEYS + (word >>> 24)] as number) + (state[274 + ((word >>> 16) & 255)] as number)) | 0
  return ((sum ^ (state[530 + ((word >>> 8) & 255)] as number)) + (state[786 + (word & 255)] as number)) | 0
}
