import type { Part, Redirection, Word } from './tree.ts'

export type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly offset: number; readonly end: number }
  | { readonly kind: 'operator'; readonly text: string; readonly offset: number; readonly end: number }
  | ({ readonly kind: 'redirection'; readonly offset: number; readonly end: number } & Redirection)

const MOST_TEXT = 256 * 1024
const MOST_TOKENS = 100_000
const OPERATORS = ['&&', '||', ';;', '&>', ';', '&', '|', '(', ')', '\n'] as const
const SPECIAL = /[\s;&|()<>'"\\$`#]/

/** Splits a script into words, operators and redirections to or from files. Comments and here-documents go. */
export function tokens(source: string): readonly Token[] {
  const text = source.slice(0, MOST_TEXT)
  const found: Token[] = []
  const documents: string[] = []
  let at = 0

  function operator(): void {
    const known = OPERATORS.find((one) => text.startsWith(one, at)) as string
    found.push({ kind: 'operator', text: known === '&>' ? '&' : known, offset: at, end: at + known.length })
    at += known === '&>' ? 1 : known.length
    if (known === '\n') for (const mark of documents.splice(0)) at = behindDocument(text, at, mark)
  }

  while (at < text.length && found.length < MOST_TOKENS) {
    const character = text[at] as string
    if (character === ' ' || character === '\t' || character === '\r') at++
    else if (character === '\\' && text[at + 1] === '\n') at += 2
    else if (character === '#') at = endOfLine(text, at)
    else if (character === '<' || character === '>' || /^\d+[<>]/.test(text.slice(at, at + 3))) {
      const redirection = readRedirection(text, at)
      if (redirection.document !== undefined) documents.push(redirection.document)
      if (redirection.file) {
        const { end, file } = redirection
        found.push({ kind: 'redirection', ...file, offset: at, end })
      }
      at = redirection.end
    } else if (/[;&|()\n]/.test(character)) operator()
    else {
      const { word, end } = readWord(text, at)
      found.push({ kind: 'word', word, offset: at, end })
      at = Math.max(end, at + 1)
    }
  }
  return found
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function behindDocument(text: string, at: number, mark: string): number {
  for (let from = at; from < text.length; ) {
    const end = endOfLine(text, from)
    if (text.slice(from, end).trim() === mark) return Math.min(text.length, end + 1)
    from = end + 1
  }
  return text.length
}

interface ReadRedirection {
  readonly end: number
  readonly document?: string
  readonly file?: Redirection
}

function readRedirection(text: string, at: number): ReadRedirection {
  const mark = /^\d*(<<-?)[ \t]*(["']?)([\w.-]+)\2/.exec(text.slice(at, at + 200))
  if (mark && text[at + 2] !== '<') return { end: at + mark[0].length, document: mark[3] as string }
  const sign = /^\d*(?:>>|>\||<>|>&|<&|<<<|>|<)[ \t]*/.exec(text.slice(at, at + 40))
  const from = at + (sign?.[0].length ?? 1)
  const next = text[from] ?? '\n'
  if (/[\s;|()]/.test(next)) return { end: from }
  const { word, end } = readWord(text, from)
  const way = /^0?<[ \t]*$/.test(sign?.[0] ?? '')
    ? 'in'
    : /^1?>[>|]?[ \t]*$/.test(sign?.[0] ?? '')
      ? 'out'
      : undefined
  return { end: Math.max(from, end), ...(way ? { file: { way, target: word } } : {}) }
}

interface Read<T> {
  readonly value: T
  readonly end: number
}

function readWord(text: string, start: number): { readonly word: Word; readonly end: number } {
  const parts: Part[] = []
  let at = start
  let plain = ''

  function flush(): void {
    if (plain !== '') parts.push({ kind: 'text', text: plain, quoted: false })
    plain = ''
  }

  function add(read: Read<readonly Part[]>): void {
    flush()
    parts.push(...read.value)
    at = read.end
  }

  while (at < text.length) {
    const character = text[at] as string
    if (character === "'") add(singleQuoted(text, at))
    else if (character === '"') add(doubleQuoted(text, at))
    else if (character === '$' || character === '`') add(expansion(text, at, false))
    else if (character === '\\') {
      if (text[at + 1] !== '\n') {
        flush()
        parts.push({ kind: 'text', text: text[at + 1] ?? '', quoted: true })
      }
      at += 2
    } else if (character === '#' || !SPECIAL.test(character)) {
      plain += character
      at++
    } else break
  }
  flush()
  return { word: parts, end: Math.min(at, text.length) }
}

function singleQuoted(text: string, at: number): Read<readonly Part[]> {
  const end = text.indexOf("'", at + 1)
  const stop = end < 0 ? text.length : end
  return { value: [{ kind: 'text', text: text.slice(at + 1, stop), quoted: true }], end: stop + 1 }
}

function doubleQuoted(text: string, start: number): Read<readonly Part[]> {
  const parts: Part[] = []
  let at = start + 1
  let plain = ''
  const flush = () => {
    if (plain !== '' || parts.length === 0) parts.push({ kind: 'text', text: plain, quoted: true })
    plain = ''
  }
  while (at < text.length && text[at] !== '"') {
    const character = text[at] as string
    if (character === '\\') {
      const next = text[at + 1] ?? ''
      if (next !== '\n') plain += /[$`"\\]/.test(next) ? next : `\\${next}`
      at += 2
    } else if (character === '$' || character === '`') {
      flush()
      const read = expansion(text, at, true)
      parts.push(...read.value)
      at = read.end
    } else {
      plain += character
      at++
    }
  }
  if (plain !== '' || parts.length === 0) flush()
  return { value: parts, end: at + 1 }
}

/** What `$` or a backquote begins. */
function expansion(text: string, at: number, quoted: boolean): Read<readonly Part[]> {
  if (text[at] === '`') {
    const end = text.indexOf('`', at + 1)
    const stop = end < 0 ? text.length : end
    const script = text.slice(at + 1, stop)
    return {
      value: [{ kind: 'computed', text: text.slice(at, stop + 1), script, offset: at + 1 }],
      end: stop + 1,
    }
  }
  if (text[at + 1] === '(') {
    const end = closing(text, at + 1)
    const runs = text[at + 2] === '(' ? {} : { script: text.slice(at + 2, end - 1), offset: at + 2 }
    return { value: [{ kind: 'computed', text: text.slice(at, end), ...runs }], end }
  }
  if (text[at + 1] === '{') return braced(text, at, quoted)
  const name = /^\$([A-Za-z_]\w*|[\d@*#?$!-])/.exec(text.slice(at, at + 200))
  if (!name) return { value: [{ kind: 'text', text: '$', quoted }], end: at + 1 }
  return { value: [{ kind: 'variable', name: name[1] as string, quoted }], end: at + name[0].length }
}

/** `${NAME}`, `${NAME:-word}`, `${NAME:=word}`; every other form is computed. */
function braced(text: string, at: number, quoted: boolean): Read<readonly Part[]> {
  const end = text.indexOf('}', at)
  const stop = end < 0 ? text.length : end
  const inside = text.slice(at + 2, stop)
  const match = /^([A-Za-z_]\w*|[\d@*])(?::?[-=]([^${}]*))?$/.exec(inside)
  if (!match) return { value: [{ kind: 'computed', text: text.slice(at, stop + 1) }], end: stop + 1 }
  const [, name = '', fallback] = match
  const plain: Word | undefined =
    fallback === undefined ? undefined : [{ kind: 'text', text: fallback.replaceAll('"', ''), quoted }]
  return { value: [{ kind: 'variable', name, quoted, ...(plain ? { fallback: plain } : {}) }], end: stop + 1 }
}

/** Behind the parenthesis that closes the one at `at`; quotes inside are respected. */
function closing(text: string, at: number): number {
  let depth = 0
  for (let i = at; i < text.length; i++) {
    const character = text[i]
    if (character === '\\') i++
    else if (character === "'")
      i = Math.max(i, text.indexOf("'", i + 1) < 0 ? text.length : text.indexOf("'", i + 1))
    else if (character === '(') depth++
    else if (character === ')' && --depth === 0) return i + 1
  }
  return text.length
}
