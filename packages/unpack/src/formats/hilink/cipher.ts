import { createDecipheriv } from 'node:crypto'

/** Of the firmware, as it is published. */
const KEY = 'H@L9K*(3'
const BLOCK = 8
/** The second round begins so many bytes later. */
const SHIFT = 3

/** Undoes both rounds of DES, in place; what is left of a block stays as it is. */
export function decipherHilink(content: Buffer): void {
  for (const from of [SHIFT, 0]) {
    const whole = content.subarray(from, from + Math.floor((content.length - from) / BLOCK) * BLOCK)
    // Three keys that are the same make it one: single DES is not what the library has.
    const key = Buffer.from(KEY.repeat(3), 'latin1')
    createDecipheriv('des-ede3', key, null).setAutoPadding(false).update(whole).copy(whole)
  }
}
