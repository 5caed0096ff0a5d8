/** Lines that one looks for the number of are in front of this many characters. */
const MOST_TEXT = 4 * 1024 * 1024

/** Number of the line in which an offset lies, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  const end = Math.min(offset, text.length, MOST_TEXT)
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line++
  return line
}
