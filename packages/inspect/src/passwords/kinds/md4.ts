const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const
const TURNS = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const
const ORDERS = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const
const ADDED = [0, 0x5a827999, 0x6ed9eba1] as const

/** MD4 (RFC 1320), which the cryptography of Node no longer has. */
export function md4(data: Uint8Array): Buffer {
  const blocks = Buffer.alloc(Math.ceil((data.length + 9) / 64) * 64)
  blocks.set(data)
  blocks[data.length] = 0x80
  blocks.writeUInt32LE(data.length * 8, blocks.length - 8)
  let state: readonly number[] = START
  for (let at = 0; at < blocks.length; at += 64) state = compressed(state, blocks, at)
  const digest = Buffer.alloc(16)
  state.forEach((word, at) => void digest.writeInt32LE(word | 0, at * 4))
  return digest
}

function compressed(state: readonly number[], blocks: Buffer, from: number): readonly number[] {
  let [a = 0, b = 0, c = 0, d = 0] = state
  for (let round = 0; round < 3; round++) {
    for (let step = 0; step < 16; step++) {
      const word = blocks.readInt32LE(from + (ORDERS[round]?.[step] ?? 0) * 4)
      const sum = (a + mixed(round, b, c, d) + word + (ADDED[round] ?? 0)) | 0
      const turn = TURNS[round]?.[step & 3] ?? 0
      a = d
      d = c
      c = b
      b = (sum << turn) | (sum >>> (32 - turn))
    }
  }
  return [a, b, c, d].map((word, at) => (word + (state[at] ?? 0)) | 0)
}

function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d)
  return round === 1 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d
}
