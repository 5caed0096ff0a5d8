/** What stands between each pair of marks of a text, in order. */
export function textBetween(text: string, begin: string, end: string, most: number): readonly string[] {
  const blocks: string[] = []
  for (let at = text.indexOf(begin); at >= 0 && blocks.length < most; at = text.indexOf(begin, at + 1)) {
    const stop = text.indexOf(end, at)
    if (stop < 0) break
    blocks.push(text.slice(at + begin.length, stop))
    at = stop
  }
  return blocks
}
