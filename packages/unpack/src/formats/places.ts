import { type Bytes, consistsOf, pastFiller } from '@messlatte/bytes'
import type { Region } from '../contract.ts'

const WINDOW = 256 * 1024

/** Where a byte string stands in a stretch, also one that is too short for the search that all formats share. */
export function* textPlaces(bytes: Bytes, { start, end }: Region, text: string): Generator<number> {
  for (let at = pastFiller(bytes, start); at < end; at = pastFiller(bytes, at + WINDOW)) {
    // Copied: whoever takes a place reads there before the next one is asked for.
    const window = Buffer.from(bytes.view(at, Math.min(WINDOW + text.length - 1, end - at)))
    for (let hit = window.indexOf(text, 0, 'latin1'); hit >= 0; hit = window.indexOf(text, hit + 1, 'latin1'))
      yield at + hit
  }
}

/** Multiples of `step` in a stretch at which `fits` holds of the `needed` bytes from there on; `at` is their place in the window. */
export function* steppedPlaces(
  bytes: Bytes,
  { start, end }: Region,
  { step, needed }: { readonly step: number; readonly needed: number },
  fits: (window: Uint8Array, at: number) => boolean,
): Generator<number> {
  for (let from = stepPastFiller(bytes, start, step); from + needed <= end; ) {
    const window = bytes.view(from, Math.min(WINDOW + needed - 1, end - from))
    // Of one byte throughout: what does not fit at its start fits nowhere.
    const hits: number[] = []
    if (fits(window, 0) || !consistsOf(window, window[0] as number))
      for (let at = 0; at < WINDOW && at + needed <= window.length; at += step)
        if (fits(window, at)) hits.push(from + at)
    yield* hits
    from = stepPastFiller(bytes, from + WINDOW, step)
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
