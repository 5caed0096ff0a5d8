/** Signs that the font lacks and that plain characters say as well. */
const PLAIN: Readonly<Record<string, string>> = { '→': '->', '←': '<-', '⇒': '=>', '✓': 'x', '\u00a0': ' ' }

/**
 * A text in the characters that the embedded font has. Any other is named by its code point, because a box would hide
 * which one it is.
 */
export function printable(text: string, font: ReadonlySet<number>): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (character === '\n' || font.has(code)) return character
    return PLAIN[character] ?? `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  }).join('')
}
