/** The state of Buffalo's short form has as many places as a byte has values; of the long form, as many as there are bytes. */
const SHORT = 256

/** Decrypts pieces that follow each other. The cipher is RC4 with a state of another size; its indexes stay bytes. */
export interface Rc4Like {
  /** In place. */
  decrypt(chunk: Uint8Array): void
}

/** `length` is of all that will be decrypted, in bytes: the long form takes it for the size of its state. */
export function buffaloCipher(seed: number, key: Uint8Array, length: number, long: boolean): Rc4Like {
  const size = long ? length : SHORT
  const state = Uint8Array.from({ length: size }, (_, index) => index)
  const secret = Uint8Array.of(seed, ...key)
  let k = 0
  for (let i = 0; i < size; i++) {
    const value = state[i] as number
    k = (k + (secret[i % secret.length] as number) + value) % size
    state[i] = state[k] as number
    state[k] = value
  }
  let i = 0
  let j = 0
  return {
    decrypt(chunk) {
      for (let at = 0; at < chunk.length; at++) {
        i = ((i + 1) % size) & 0xff
        j = ((j + (state[i] as number)) % size) & 0xff
        const value = state[j] as number
        state[j] = state[i] as number
        state[i] = value
        const place = ((state[j] as number) + value) % size
        chunk[at] = (chunk[at] as number) ^ (state[place] as number)
      }
    },
  }
}

/** CRC-32 (reflected) of bytes that count as signed; it begins with the length. */
export function buffaloSum(before: number, chunk: Uint8Array): number {
  let sum = before
  for (const byte of chunk) {
    sum = (sum ^ ((byte << 24) >> 24)) >>> 0
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return sum >>> 0
}
