import { createDecipheriv, type Decipheriv } from 'node:crypto'

/** Of the firmware, as it is published. */
const KEY = 'H@L9K*(3'
const BLOCK = 8
/** The second round begins so many bytes later. */
const SHIFT = 3

/** Each block is by itself, so that one decipher does for all files: every content of an image is tried. */
let decipher: Decipheriv | undefined

function decipherOfKey(): Decipheriv {
  // Three keys that are the same make it one: single DES is not what the library has.
  const key = Buffer.from(KEY.repeat(3), 'latin1')
  return createDecipheriv('des-ede3', key, null).setAutoPadding(false)
}

/** Undoes both rounds of DES, in place; what is left of a block stays as it is. */
export function decipherHilink(content: Buffer): void {
  decipher ??= decipherOfKey()
  for (const from of [SHIFT, 0]) {
    const whole = content.subarray(from, from + Math.floor((content.length - from) / BLOCK) * BLOCK)
    decipher.update(whole).copy(whole)
  }
}
