import type { Bytes } from '@messlatte/bytes'
import type { Region } from '../contract.ts'

const WINDOW = 256 * 1024

/** Where a byte string stands in a stretch, also one that is too short for the search that all formats share. */
export function* textPlaces(bytes: Bytes, { start, end }: Region, text: string): Generator<number> {
  for (let at = start; at < end; at += WINDOW) {
    // Copied: whoever takes a place reads there before the next one is asked for.
    const window = Buffer.from(bytes.view(at, Math.min(WINDOW + text.length - 1, end - at)))
    for (let hit = window.indexOf(text, 0, 'latin1'); hit >= 0; hit = window.indexOf(text, hit + 1, 'latin1'))
      yield at + hit
  }
}
