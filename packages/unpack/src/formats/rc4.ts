/** Decrypts, or encrypts, pieces that follow each other. */
export interface Rc4 {
  /** In place. */
  decrypt(chunk: Uint8Array): void
}

/** RC4. `size` is that of its state, in bytes: one that is not 256 is a maker's own; its indexes stay bytes. */
export function rc4Cipher(key: Uint8Array, size = 256): Rc4 {
  const state = Uint8Array.from({ length: size }, (_, index) => index)
  let k = 0
  for (let i = 0; i < size; i++) {
    const value = state[i] as number
    k = (k + (key[i % key.length] as number) + value) % size
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
