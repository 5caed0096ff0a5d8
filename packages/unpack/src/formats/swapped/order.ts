import { type Bytes, MAX_VIEW } from '@messlatte/bytes'

/**
 * How the bytes of each four stand in a dump, by the place that each has in truth: on a bus of 16 bits that was read the wrong
 * way round, on one of 32 bits, and where the halves of 32 bits change places.
 */
export const ORDERS = {
  'swap-16': [1, 0, 3, 2],
  'swap-32': [3, 2, 1, 0],
  'swap-halves': [2, 3, 0, 1],
} as const

export type Order = keyof typeof ORDERS

/** Bytes that change places with each other. */
export const WORD = 4

/** Puts the bytes of whole words into their order; `target` may be `source`. */
export function reorder(source: Uint8Array, target: Uint8Array, order: Order): void {
  const [a, b, c, d] = ORDERS[order]
  for (let at = 0; at + WORD <= source.length; at += WORD) {
    const [w, x, y, z] = [source[at + a], source[at + b], source[at + c], source[at + d]]
    target[at] = w as number
    target[at + 1] = x as number
    target[at + 2] = y as number
    target[at + 3] = z as number
  }
}

/** The whole words of a dump from `start` on, in their order. Views are copies. */
export function reordered(bytes: Bytes, start: number, order: Order): Bytes {
  const size = Math.floor((bytes.size - start) / WORD) * WORD

  function view(at: number, length: number): Uint8Array {
    const from = Math.floor(at / WORD) * WORD
    const to = Math.ceil((at + length) / WORD) * WORD
    // What lies outside is refused by whoever holds the bytes.
    if (at < 0 || length > MAX_VIEW || to > size) return bytes.view(bytes.size, Math.max(1, length))
    const words = new Uint8Array(to - from)
    for (let done = 0; done < words.length; done += MAX_VIEW)
      bytes.copy(start + from + done, words.subarray(done, done + MAX_VIEW))
    reorder(words, words, order)
    return words.subarray(at - from, at - from + length)
  }

  return { size, view, copy: (at, target) => target.set(view(at, target.length)) }
}
