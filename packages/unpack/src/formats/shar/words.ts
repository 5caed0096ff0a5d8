/** A piece of a command: a word, or what stands between words. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly isQuoted: boolean; readonly isPlain: boolean }
  | { readonly kind: 'operator'; readonly text: string }

const OPERATORS = ['<<-', '<<', '>>', '&&', '||', '<', '>', '|', ';', '(', ')', '&'] as const
/** In a word, a shell would put something else in the place of these. */
const EXPANDED = /[$`*?[~]/
const MOST_TOKENS = 64

/**
 * The pieces of a line of a shell script, of which nothing is run; undefined for what is more than words, quotes and operators.
 * `isPlain` is false for a word that a shell would change.
 */
export function tokensOf(line: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  for (let at = 0; at < line.length && tokens.length < MOST_TOKENS; ) {
    const letter = line[at] as string
    if (letter === ' ' || letter === '\t' || letter === '\r') at++
    else if (letter === '#') return tokens
    else {
      const operator = OPERATORS.find((one) => line.startsWith(one, at))
      const word = operator ? undefined : wordAt(line, at)
      if (operator) tokens.push({ kind: 'operator', text: operator })
      else if (word) tokens.push(word.token)
      else return undefined
      at = word ? word.end : at + (operator as string).length
    }
  }
  return tokens
}

function wordAt(line: string, start: number): { readonly token: Token; readonly end: number } | undefined {
  let [text, isQuoted, isPlain] = ['', false, true]
  let at = start
  while (at < line.length && !/[\s<>&|;()]/.test(line[at] as string)) {
    const letter = line[at] as string
    if (letter === "'" || letter === '"') {
      const end = line.indexOf(letter, at + 1)
      if (end < 0) return undefined
      const quoted = line.slice(at + 1, end)
      if (letter === '"' && /[$`\\]/.test(quoted)) isPlain = false
      text += quoted
      isQuoted = true
      at = end + 1
    } else if (letter === '\\') {
      text += line[at + 1] ?? ''
      isQuoted = true
      at += 2
    } else {
      if (EXPANDED.test(letter)) isPlain = false
      text += letter
      at++
    }
  }
  return { token: { kind: 'word', text, isQuoted, isPlain }, end: at }
}
