/**
 * Pukall's cipher 1 as QNAP uses it: the bytes of the key are signed there. What was decrypted is mixed into all bytes of the key,
 * so that it has 256 states only; their sums are made once. Facts: unblob, handlers/archive/qnap/_qnap.py.
 */
export interface Pc1 {
  /** In place. */
  decrypt(chunk: Uint8Array): void
}

const FACTOR = 0x4e35
const OTHER_FACTOR = 0x15a
const STATES = 256

export function pc1(key: string): Pc1 {
  const rounds = key.length >>> 1
  const products = new Uint16Array(STATES * rounds)
  const sums = new Uint16Array(STATES * rounds)
  for (let mixed = 0; mixed < STATES; mixed++) fillState(key, rounds, mixed, products, sums)
  let mixed = 0
  let [before, total] = [0, 0]
  return {
    decrypt(chunk) {
      for (let at = 0; at < chunk.length; at++) {
        const from = mixed * rounds
        let result = 0
        for (let round = 0; round < rounds; round++) {
          const last = before
          before = products[from + round] as number
          total = (before + last + Math.imul(FACTOR, total + round)) & 0xffff
          result ^= (sums[from + round] as number) ^ total
        }
        const plain = (chunk[at] as number) ^ (result >>> 8) ^ (result & 0xff)
        chunk[at] = plain
        mixed ^= plain
      }
    },
  }
}

function fillState(
  key: string,
  rounds: number,
  mixed: number,
  products: Uint16Array,
  sums: Uint16Array,
): void {
  let state = 0
  for (let round = 0; round < rounds; round++) {
    const [high, low] = [key.charCodeAt(2 * round) ^ mixed, key.charCodeAt(2 * round + 1) ^ mixed]
    const signed = ((high << 8) + low - (high < 0x80 ? 0 : 0x100)) & 0xffff
    const value = (state ^ signed) & 0xffff
    state = (Math.imul(FACTOR, value) + 1) & 0xffff
    products[mixed * rounds + round] = Math.imul(OTHER_FACTOR, value) & 0xffff
    sums[mixed * rounds + round] = state
  }
}
