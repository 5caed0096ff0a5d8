import { type Bytes, consistsOf, liesInMemory, pastFiller } from '@messlatte/bytes'
import type { Region } from '../contract.ts'

/** Bytes of a window that are its own; those behind them are the next one's as well. */
export const WINDOW = 256 * 1024

/** A part of a stretch, valid until the next one is asked for. */
export interface Window {
  readonly at: number
  readonly window: Buffer
}

/**
 * Windows over a stretch, but for long runs of 0x00 or 0xFF; each goes on for up to `overlap` bytes, for what lies across its border, and
 * begins at a multiple of `step`.
 */
export function* windows(bytes: Bytes, { start, end }: Region, overlap: number, step = 1): Generator<Window> {
  // Of its own: whoever takes a place reads there before the next one is asked for.
  const buffer = liesInMemory(bytes)
    ? undefined
    : Buffer.allocUnsafeSlow(Math.min(WINDOW + overlap, end - start))
  for (let at = stepPastFiller(bytes, start, step); at < end; at = stepPastFiller(bytes, at + WINDOW, step)) {
    const length = Math.min(WINDOW + overlap, end - at)
    yield { at, window: windowAt(bytes, at, length, buffer) }
  }
}

function windowAt(bytes: Bytes, at: number, length: number, buffer: Buffer | undefined): Buffer {
  if (!buffer) {
    const view = bytes.view(at, length)
    return Buffer.from(view.buffer, view.byteOffset, length)
  }
  const window = buffer.subarray(0, length)
  bytes.copy(at, window)
  return window
}

/** Where a byte string stands in a stretch, also one that is too short for the search that all formats share. */
export function* textPlaces(bytes: Bytes, region: Region, text: string): Generator<number> {
  for (const { at, window } of windows(bytes, region, text.length - 1))
    for (let hit = window.indexOf(text, 0, 'latin1'); hit >= 0; hit = window.indexOf(text, hit + 1, 'latin1'))
      yield at + hit
}

/** Multiples of `step` in a stretch at which `fits` holds of the `needed` bytes from there on; `at` is their place in the window. */
export function* steppedPlaces(
  bytes: Bytes,
  region: Region,
  { step, needed }: { readonly step: number; readonly needed: number },
  fits: (window: Uint8Array, at: number) => boolean,
): Generator<number> {
  for (const { at: from, window } of windows(bytes, region, needed - 1, step)) {
    if (window.length < needed) return
    // Of one byte throughout: what does not fit at its start fits nowhere.
    if (!fits(window, 0) && consistsOf(window, window[0] as number)) continue
    for (let at = 0; at < WINDOW && at + needed <= window.length; at += step)
      if (fits(window, at)) yield from + at
  }
}

/** Multiples of `step` in a stretch, but those in long runs of filler. */
export function* steps(bytes: Bytes, { start, end }: Region, step: number): Generator<number> {
  for (let at = stepPastFiller(bytes, start, step); at < end; at = stepPastFiller(bytes, at + step, step))
    yield at
}

/** The first multiple of `step` from `at` on, past long runs of filler. */
function stepPastFiller(bytes: Bytes, at: number, step: number): number {
  const first = Math.ceil(at / step) * step
  return Math.max(first, Math.floor(pastFiller(bytes, first) / step) * step)
}
