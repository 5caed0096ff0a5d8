import { type BlowfishState, encrypt, initialState, SUBKEYS } from './blowfish.ts'

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const MOST_PASSWORD = 72
const DIGEST = 23
const TEXT = Buffer.from('OrpheanBeholderScryDoubt', 'latin1')

/**
 * The 31 digest characters of bcrypt (Provos and Mazières, 1999).
 * @param salt 22 characters of bcrypt's own base 64
 * @param cost binary logarithm of the number of rounds, 4 to 31
 */
export function bcrypt(password: Uint8Array, salt: string, cost: number): string {
  const key = cyclic(Buffer.concat([password.subarray(0, MOST_PASSWORD), new Uint8Array(1)]))
  const saltBytes = decode(salt, 16)
  const saltWords = cyclic(saltBytes)
  const nothing = new Int32Array(SUBKEYS)
  const state = initialState()
  expand(state, key, saltWords.subarray(0, 4))
  for (let round = 2 ** cost; round > 0; round--) {
    expand(state, key, nothing)
    expand(state, saltWords, nothing)
  }
  const block = words(TEXT)
  for (let at = 0; at < block.length; at += 2) for (let time = 0; time < 64; time++) encrypt(state, block, at)
  const digest = Buffer.alloc(24)
  block.forEach((word, at) => void digest.writeInt32BE(word, at * 4))
  return encode(digest.subarray(0, DIGEST))
}

/** Mixes a key into the subkeys, then replaces subkeys and boxes by what they encrypt, salted. */
function expand(state: BlowfishState, key: Int32Array, salt: Int32Array): void {
  for (let at = 0; at < SUBKEYS; at++) state[at] = (state[at] as number) ^ (key[at] as number)
  const block = new Int32Array(2)
  for (let at = 0; at < state.length; at += 2) {
    block[0] = (block[0] as number) ^ (salt[at & 3] as number)
    block[1] = (block[1] as number) ^ (salt[(at + 1) & 3] as number)
    encrypt(state, block, 0)
    state[at] = block[0] as number
    state[at + 1] = block[1] as number
  }
}

/** Bytes repeated until they fill the subkeys, as big-endian words. */
function cyclic(bytes: Uint8Array): Int32Array {
  return words(Uint8Array.from({ length: SUBKEYS * 4 }, (_, at) => bytes[at % bytes.length] ?? 0))
}

function words(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Int32Array.from({ length: bytes.length >> 2 }, (_, at) => view.getInt32(at * 4))
}

/** Most significant six bits first; no padding. */
function encode(bytes: Uint8Array): string {
  let text = ''
  for (let bit = 0; bit < bytes.length * 8; bit += 6) {
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    text += ALPHABET[(pair >> (10 - (bit & 7))) & 63]
  }
  return text
}

function decode(text: string, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => {
    const bit = at * 8
    const [first, second, third] = [0, 1, 2].map((next) =>
      ALPHABET.indexOf(text.charAt(Math.floor(bit / 6) + next)),
    )
    const joined = ((first ?? 0) << 12) | ((second ?? 0) << 6) | ((third ?? 0) & 63)
    return (joined >> (10 - (bit % 6))) & 255
  })
}
