import type { Bytes } from './bytes.ts'

let scratch: Buffer | undefined

/**
 * Shows a stretch in windows of `step` bytes, each followed by up to `overlap` bytes of the next one. A window is valid
 * during the call only: one buffer serves them all. Returning false ends the pass.
 */
export function forEachWindow(
  bytes: Bytes,
  start: number,
  end: number,
  step: number,
  overlap: number,
  show: (window: Buffer, at: number) => boolean | undefined,
): void {
  const buffer =
    scratch && scratch.length >= step + overlap ? scratch : Buffer.allocUnsafeSlow(step + overlap)
  // Taken while in use: a pass within a pass gets a buffer of its own.
  scratch = undefined
  try {
    for (let at = start; at < end; at += step) {
      const window = buffer.subarray(0, Math.min(step + overlap, end - at))
      bytes.copy(at, window)
      if (show(window, at) === false) return
    }
  } finally {
    scratch = buffer
  }
}
