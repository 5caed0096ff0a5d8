import { type Bytes, consistsOf, forEachWindow } from '@messlatte/bytes'

const WINDOW = 256 * 1024

/** Whether a stretch holds nothing but one byte. */
export function isFilled(bytes: Bytes, start: number, end: number, filler: number): boolean {
  let filled = true
  forEachWindow(bytes, start, end, WINDOW, 0, (window) => {
    filled = consistsOf(window, filler)
    return filled
  })
  return filled
}
