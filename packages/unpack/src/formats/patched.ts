import type { Bytes } from '@messlatte/bytes'

/** The bytes from `at` on, with others in place of the first ones; nothing else is copied. */
export function patchedBytes(source: Bytes, at: number, head: Uint8Array): Bytes {
  const patched: Bytes = {
    size: source.size - at,
    view(from, length) {
      if (from >= head.length) return source.view(at + from, length)
      const whole = Uint8Array.from(source.view(at + from, length))
      whole.set(head.subarray(from, from + length))
      return whole
    },
    copy(from, target) {
      source.copy(at + from, target)
      if (from < head.length) target.set(head.subarray(from, from + target.length))
    },
  }
  return patched
}
