import type { Decipheriv } from 'node:crypto'
import type { StreamEnd } from '@messlatte/bytes'
import { type Bytes, forEachWindow } from '@messlatte/bytes'

const WINDOW = 256 * 1024
const BLOCK = 16

/**
 * Deciphers whole AES blocks of a stretch. `padded` takes the padding of PKCS 7 off the last one; where there is none that
 * holds, the key was another one or the content is damaged.
 */
export function decipherStretch(
  bytes: Bytes,
  start: number,
  end: number,
  decipher: Decipheriv,
  padded: boolean,
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  decipher.setAutoPadding(false)
  const whole = start + Math.floor((end - start) / BLOCK) * BLOCK
  let held = Buffer.alloc(0)
  forEachWindow(bytes, start, whole, WINDOW, 0, (window) => {
    if (held.length > 0) write(held)
    const plain = decipher.update(window)
    const last = padded ? plain.length - BLOCK : plain.length
    if (last > 0) write(plain.subarray(0, last))
    held = Buffer.from(plain.subarray(last))
    return true
  })
  if (!padded) return { end, checksum: 'none' }
  const count = paddingOf(held)
  write(held.subarray(0, held.length - count))
  if (count > 0) return { end, checksum: 'none' }
  return {
    end,
    checksum: 'none',
    problem: { code: 'corrupt', message: 'the padding behind the content is none' },
  }
}

/** Bytes of padding at the end of a block; 0 where it is none. */
export function paddingOf(block: Uint8Array): number {
  const count = block.at(-1) ?? 0
  if (count < 1 || count > BLOCK || count > block.length) return 0
  return block.subarray(block.length - count).every((byte) => byte === count) ? count : 0
}

/**
 * Combines a stretch with a key that repeats; `phase` is where in the key it begins. Ends where `show` says false.
 * @throws BytesError
 */
export function xorStretch(
  bytes: Bytes,
  start: number,
  end: number,
  { key, phase }: { readonly key: Uint8Array; readonly phase: number },
  show: (chunk: Uint8Array) => boolean,
): void {
  let place = phase
  forEachWindow(bytes, start, end, WINDOW, 0, (window) => {
    for (let index = 0; index < window.length; index++, place++)
      window[index] = (window[index] as number) ^ (key[place % key.length] as number)
    return show(window)
  })
}
