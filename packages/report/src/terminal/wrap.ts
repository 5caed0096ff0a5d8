const ZERO_WIDTH = /[\p{Mn}\p{Me}]/u
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

/** Columns that a text takes on a terminal. */
export function columnsWide(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** Fills up with spaces to `width` columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsWide(text)))
}

const GLUE = '\u00a0'

/** Keeps the words of a text on one line as long as they fit; `wrapped` gives the spaces back. */
export function glued(text: string): string {
  return text.replaceAll(' ', GLUE)
}

/** Breaks between words; inside one only where it is longer than a line (paths and digests are). */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.split(' ').flatMap((it) => pieces(it, width))) {
    const size = columnsWide(word)
    if (used > 0 && used + 1 + size > width) {
      lines.push(line)
      line = ''
      used = 0
    }
    line += used > 0 ? ` ${word}` : word
    used += size + (used > 0 ? 1 : 0)
  }
  if (line !== '') lines.push(line)
  return lines.map((it) => it.replaceAll(GLUE, ' '))
}

function pieces(word: string, width: number): readonly string[] {
  if (word === '') return []
  if (columnsWide(word) <= width) return [word]
  if (word.includes(GLUE)) return word.split(GLUE).flatMap((it) => pieces(it, width))
  const result: string[] = []
  let piece = ''
  let used = 0
  for (const character of word) {
    const size = characterWidth(character)
    if (used + size > width && piece !== '') {
      result.push(piece)
      piece = ''
      used = 0
    }
    piece += character
    used += size
  }
  return [...result, piece]
}

function characterWidth(character: string): number {
  if (ZERO_WIDTH.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}
