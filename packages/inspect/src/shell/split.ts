/** A simple command before anything is known about its surroundings. */
export interface SplitCommand {
  readonly words: readonly string[]
  readonly text: string
  readonly offset: number
  readonly line: number
  /** Behind `&&` or `||`. */
  readonly chained: boolean
  /** In front of `|`. */
  readonly piped: boolean
}

const MOST_TEXT = 512 * 1024

/**
 * Splits a script at line ends, `;`, `&`, `|`, `&&` and `||` outside of quotes. Comments and here-documents go.
 * @param source byte string
 */
export function* splitCommands(source: string): Generator<SplitCommand> {
  const text = source.slice(0, MOST_TEXT)
  const pending: string[] = []
  let words: string[] = []
  let word: string | undefined
  let quote = ''
  let start = -1
  let line = 1
  let startLine = 1
  let chained = false
  let nextChained = false

  const begin = (at: number) => {
    if (start < 0) {
      start = at
      startLine = line
    }
  }

  const endWord = () => {
    if (word !== undefined) words.push(word)
    word = undefined
  }

  function* endCommand(at: number, piped: boolean): Generator<SplitCommand> {
    endWord()
    if (words.length > 0) {
      yield { words, text: text.slice(start, at).trimEnd(), offset: start, line: startLine, chained, piped }
    }
    words = []
    start = -1
    chained = nextChained
    nextChained = false
  }

  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (quote !== '') {
      if (character === '\n') line++
      if (character === quote) quote = ''
      else if (character === '\\' && quote === '"' && at + 1 < text.length)
        word = `${word ?? ''}${text[++at]}`
      else word = `${word ?? ''}${character}`
      continue
    }
    switch (character) {
      case '\\':
        if (text[at + 1] === '\n') {
          line++
        } else {
          begin(at)
          word = `${word ?? ''}${text[at + 1] ?? ''}`
        }
        at++
        break
      case '"':
      case "'":
        quote = character
        word ??= ''
        begin(at)
        break
      case '#':
        if (word === undefined) {
          const end = text.indexOf('\n', at)
          at = (end < 0 ? text.length : end) - 1
        } else {
          word += character
        }
        break
      case ' ':
      case '\t':
      case '\r':
        endWord()
        break
      case '\n': {
        yield* endCommand(at, false)
        chained = false
        line++
        for (const mark of pending.splice(0)) {
          const skipped = skipHereDocument(text, at, mark)
          line += skipped.lines
          at = skipped.at
        }
        break
      }
      case ';':
        yield* endCommand(at, false)
        chained = false
        break
      case '&':
      case '|': {
        if (character === '&' && (text[at - 1] === '>' || text[at + 1] === '>')) {
          begin(at)
          word = `${word ?? ''}${character}`
          break
        }
        const double = text[at + 1] === character
        nextChained = double
        yield* endCommand(at, character === '|' && !double)
        if (double) at++
        break
      }
      case '<': {
        const mark = /^<<-?\s*(["']?)([\w.-]+)\1/.exec(text.slice(at, at + 200))
        if (mark && text[at + 2] !== '<') {
          pending.push(mark[2] as string)
          at += mark[0].length - 1
          break
        }
        begin(at)
        word = `${word ?? ''}${character}`
        break
      }
      default:
        begin(at)
        word = `${word ?? ''}${character}`
    }
  }
  yield* endCommand(text.length, false)
}

/** From a line end to the line end before what follows the document. */
function skipHereDocument(text: string, at: number, mark: string): { at: number; lines: number } {
  let lines = 0
  for (let from = at + 1; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const stop = end < 0 ? text.length : end
    lines++
    if (text.slice(from, stop).trim() === mark) return { at: stop, lines }
    from = stop + 1
  }
  return { at: text.length, lines }
}
