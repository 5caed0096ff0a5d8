import { createDecipheriv } from 'node:crypto'
import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = 'encrpted_img'
/** Bytes: the magic and a length. */
export const HEADER = 16
/** Erase blocks are encrypted each by itself, in bytes. */
const BLOCK = 128 * 1024

/** D-Link writes the same key and vector into all devices of the DIR-X series; it has been public since 2022. */
const KEY = Buffer.from('he9-4+M!)d6=m~we1,q2a3d1n&2*Z^%8')
const VECTOR = Buffer.from('J%1iQl8$=lm-;8AE')

/** Bytes that are encrypted, as announced (big endian); undefined where there is no header. */
export function parseEncrpted(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER + 16 > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const length = reader.u32()
  return length >= 16 && length % 16 === 0 ? length : undefined
}

/** Decrypts whole cipher blocks from `from` to `end`. */
export function decryptEncrpted(
  bytes: Bytes,
  from: number,
  end: number,
  write: (chunk: Uint8Array) => void,
): void {
  const whole = from + Math.floor((end - from) / 16) * 16
  forEachWindow(bytes, from, whole, BLOCK, 0, (window) => {
    write(createDecipheriv('aes-256-cbc', KEY, VECTOR).setAutoPadding(false).update(window))
    return true
  })
}

/** Whether the key fits: behind it lies UBI. */
export function decryptsToUbi(bytes: Bytes, from: number): boolean {
  let text = ''
  decryptEncrpted(bytes, from, from + 16, (chunk) => {
    text = latin1(chunk.subarray(0, 4))
  })
  return text === 'UBI#'
}
