import { createCipheriv, createDecipheriv } from 'node:crypto'
import { isErased } from './parse.ts'

/** What flash encryption works with: AES-256 with a tweaked key on the ESP32, XTS on all later chips. */
export type FlashScheme = 'esp32' | 'xts'

/** Bytes that share a tweak. */
const TWEAK_BLOCK = { esp32: 32, xts: 128 } as const
/** Lowest and highest bit of an address that changes the key of the ESP32. */
const LOW_BIT = 5
const HIGH_BIT = 23
/** Bits 23 to 5 three times, then down from these to 5: by which bit of the address each bit of the key is flipped. */
const SHORT_RUNS = [14, 12, 10, 8]

export function schemesFor(key: Uint8Array): readonly FlashScheme[] {
  switch (key.length) {
    case 24:
      return ['esp32']
    case 32:
      return ['esp32', 'xts']
    case 64:
      return ['xts']
    default:
      return []
  }
}

/** What a chip writes at once, in bytes: where all of it reads erased, nobody wrote there, and it is not decrypted. */
const WRITE = 16

/**
 * Decrypts, in place, what flash encryption wrote at `address` of the flash; address and length are multiples of 16 bytes.
 * What is erased stays erased.
 * Facts: ESP-IDF documentation, Flash Encryption, "Flash Encryption Algorithm"; espsecure, encrypt-flash-data.
 */
export function decryptFlash(scheme: FlashScheme, key: Uint8Array, address: number, data: Uint8Array): void {
  const step = TWEAK_BLOCK[scheme]
  const decrypt = scheme === 'xts' ? xtsDecryptor(key) : tweakedDecryptor(key)
  const block = new Uint8Array(step)
  for (let at = -(address % step); at < data.length; at += step) {
    const [from, to] = [Math.max(at, 0), Math.min(at + step, data.length)]
    const stored = Uint8Array.from(data.subarray(from, to))
    if (isErased(stored)) continue
    block.fill(0)
    block.set(stored, from - at)
    // The chips take the bytes of a block from the last to the first.
    const plain = decrypt(block.reverse(), address + at).reverse()
    data.set(plain.subarray(from - at, to - at), from)
    for (let unit = 0; unit < stored.length; unit += WRITE)
      if (isErased(stored.subarray(unit, unit + WRITE))) data.fill(0xff, from + unit, from + unit + WRITE)
  }
}

type Decryptor = (block: Uint8Array, address: number) => Uint8Array

function xtsDecryptor(key: Uint8Array): Decryptor {
  const tweak = Buffer.alloc(16)
  return (block, address) => {
    tweak.writeUInt32LE(address, 0)
    return createDecipheriv(key.length === 64 ? 'aes-256-xts' : 'aes-128-xts', key, tweak).update(block)
  }
}

function tweakedDecryptor(given: Uint8Array): Decryptor {
  // A key of 3/4 coding is filled up with its own middle.
  const key = given.length === 24 ? Buffer.concat([given, given.subarray(8, 16)]) : given
  const masks = tweakMasks()
  return (block, address) => {
    const tweaked = Buffer.from(key)
    for (const [index, mask] of masks.entries()) {
      if (((address >>> (LOW_BIT + index)) & 1) === 0) continue
      for (const [at, byte] of mask.entries()) tweaked[at] = (tweaked[at] as number) ^ byte
    }
    // The chip encrypts with AES run backwards, so decrypting runs it forwards; blocks come in reverse order, too.
    return createCipheriv('aes-256-ecb', tweaked, null).setAutoPadding(false).update(block)
  }
}

/** For each bit of an address, the bits of a key (first bit: highest of the first byte) that it flips. */
function tweakMasks(): readonly Uint8Array[] {
  const down = (from: number) => Array.from({ length: from - LOW_BIT + 1 }, (_, index) => from - index)
  const pattern = SHORT_RUNS.flatMap((short) => [
    ...down(HIGH_BIT),
    ...down(HIGH_BIT),
    ...down(HIGH_BIT),
    ...down(short),
  ])
  const masks = Array.from({ length: HIGH_BIT - LOW_BIT + 1 }, () => new Uint8Array(32))
  for (const [bit, source] of pattern.entries()) {
    const mask = masks[source - LOW_BIT] as Uint8Array
    mask[bit >> 3] = (mask[bit >> 3] as number) | (0x80 >> (bit & 7))
  }
  return masks
}
