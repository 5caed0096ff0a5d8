/** A word of a kernel's command line: `name=value`, or a name alone. Byte strings. */
export interface Word {
  readonly name: string
  readonly value: string | undefined
  readonly text: string
}

/** Bytes; kernels take 2 to 4 KiB. */
export const MOST_LINE = 8192
const WORD = /(?:[^\s"]|"[^"]*"?)+/g

/** The words of a line up to `--`, behind which those of init stand. Linux kernel, lib/cmdline.c and init/main.c. */
export function wordsOf(line: string): readonly Word[] {
  const words: Word[] = []
  for (const [text] of line.slice(0, MOST_LINE).matchAll(WORD)) {
    if (text === '--') break
    const plain = text.replaceAll('"', '')
    const equals = plain.indexOf('=')
    // The kernel takes `-` and `_` in the names of its parameters for the same.
    const name = (equals < 0 ? plain : plain.slice(0, equals)).replaceAll('-', '_')
    words.push({ name, value: equals < 0 ? undefined : plain.slice(equals + 1), text: plain })
  }
  return words
}
