import { createCipheriv } from 'node:crypto'

const BLOCK = 16
/** Messages of so many bits and more have a longer number behind them. */
const LONG = 2 ** 16

/**
 * The hash of Zigbee: Matyas, Meyer and Oseas with AES-128; each block is encrypted with the hash so far. A collision takes
 * 2^64 steps, and it has no key. Zigbee Specification (05-3474), annex B.6.
 */
export function aesMmo(message: Uint8Array): Buffer {
  const padded = Buffer.concat([message, padding(message.length)])
  let hash = Buffer.alloc(BLOCK)
  for (let at = 0; at < padded.length; at += BLOCK) {
    const cipher = createCipheriv('aes-128-ecb', hash, null).setAutoPadding(false)
    const block = padded.subarray(at, at + BLOCK)
    hash = Buffer.from(cipher.update(block).map((byte, index) => byte ^ (block[index] as number)))
  }
  return hash
}

/** A bit, zeros, and the number of bits: two bytes, or four and two zeros. */
function padding(length: number): Buffer {
  const bits = length * 8
  const end = bits < LONG ? 2 : 6
  const padded = Buffer.alloc(1 + ((2 * BLOCK - ((length + 1 + end) % BLOCK)) % BLOCK) + end)
  padded[0] = 0x80
  if (bits < LONG) padded.writeUInt16BE(bits, padded.length - 2)
  else padded.writeUInt32BE(bits, padded.length - 6)
  return padded
}
