import { type Rc4, rc4Cipher } from '../rc4.ts'

/** The state of Buffalo's short form has as many places as a byte has values; of the long form, as many as there are bytes. */
const SHORT = 256

/** `length` is of all that will be decrypted, in bytes: the long form takes it for the size of its state. */
export function buffaloCipher(seed: number, key: Uint8Array, length: number, long: boolean): Rc4 {
  return rc4Cipher(Uint8Array.of(seed, ...key), long ? length : SHORT)
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
