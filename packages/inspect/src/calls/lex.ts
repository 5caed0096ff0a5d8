import type { Language } from './languages.ts'

export type Token =
  /** A string; names within it stand between `parts`: `http://`, name, `/x` (templates, f-strings, PHP). */
  | {
      readonly kind: 'string'
      readonly parts: readonly (string | { readonly name: string })[]
      readonly offset: number
    }
  | { readonly kind: 'name'; readonly text: string; readonly offset: number }
  | { readonly kind: 'number'; readonly text: string; readonly offset: number }
  | { readonly kind: 'sign'; readonly text: string; readonly offset: number }
  /** Ends a statement in languages that have no sign for it. */
  | { readonly kind: 'line'; readonly offset: number }

const MOST_TOKENS = 60_000
const MOST_STRING = 4_000
const SIGNS = [
  '...',
  '===',
  '!==',
  '..',
  '::',
  '->',
  '=>',
  '==',
  '!=',
  '~=',
  '<=',
  '>=',
  '&&',
  '||',
  '+=',
  '.=',
  '//',
]
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

/** Splits a script of one of the languages; what fits nothing is a sign of one character. @param text byte string */
export function tokensOf(text: string, language: Language): readonly Token[] {
  const found: Token[] = []
  let at = 0
  while (at < text.length && found.length < MOST_TOKENS) {
    const character = text[at] as string
    if (character === '\n') {
      found.push({ kind: 'line', offset: at })
      at++
    } else if (character <= ' ') at++
    else {
      const comment = endOfComment(text, at, language)
      if (comment !== undefined) at = comment
      else {
        const { token, end } = readToken(text, at, language)
        found.push(token)
        at = Math.max(end, at + 1)
      }
    }
  }
  return found
}

function endOfComment(text: string, at: number, language: Language): number | undefined {
  for (const [open, close] of language.blockComments) {
    if (!text.startsWith(open, at)) continue
    const end = text.indexOf(close, at + open.length)
    return end < 0 ? text.length : end + close.length
  }
  if (!language.lineComments.some((mark) => text.startsWith(mark, at))) return undefined
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

interface Read {
  readonly token: Token
  readonly end: number
}

function readToken(text: string, at: number, language: Language): Read {
  const word = /^\$?[A-Za-z_][\w$]*/.exec(text.slice(at, at + 120))?.[0]
  const quote = word === undefined ? at : at + word.length
  const prefixed =
    word !== undefined &&
    language.name === 'python' &&
    /^[rbuf]{1,2}$/i.test(word) &&
    /["']/.test(text[quote] ?? '')
  if (word !== undefined && !prefixed)
    return { token: { kind: 'name', text: word.replace(/^\$/, ''), offset: at }, end: at + word.length }
  const string = readString(text, prefixed ? quote : at, prefixed ? (word ?? '') : '', language, at)
  if (string) return string
  const number = /^\d[\w.]*/.exec(text.slice(at, at + 40))?.[0]
  if (number !== undefined)
    return { token: { kind: 'number', text: number, offset: at }, end: at + number.length }
  const sign = SIGNS.find((one) => text.startsWith(one, at)) ?? (text[at] as string)
  return { token: { kind: 'sign', text: sign, offset: at }, end: at + sign.length }
}

function readString(
  text: string,
  at: number,
  prefix: string,
  language: Language,
  start: number,
): Read | undefined {
  const long = language.name === 'lua' ? /^\[(=*)\[/.exec(text.slice(at, at + 12)) : null
  if (long) {
    const close = `]${long[1]}]`
    const end = text.indexOf(close, at)
    const stop = end < 0 ? text.length : end
    return stringToken([text.slice(at + long[0].length, stop)], start, stop + close.length)
  }
  const mark = text[at] as string
  if (mark !== '"' && mark !== "'" && !(mark === '`' && language.name === 'javascript')) return undefined
  const quote = language.name === 'python' && text.startsWith(mark.repeat(3), at) ? mark.repeat(3) : mark
  const names =
    (mark === '`' && language.name === 'javascript') ||
    /f/i.test(prefix) ||
    (mark === '"' && language.name === 'php')
  return readQuoted(
    text,
    at + quote.length,
    quote,
    names ? language.name : undefined,
    !/r/i.test(prefix),
    start,
  )
}

const PLACEHOLDERS: Readonly<Partial<Record<Language['name'], RegExp>>> = {
  javascript: /^\$\{\s*([\w.$]+)?[^}]{0,200}\}/,
  python: /^\{\s*([\w.]+)?[^}]{0,200}\}/,
  php: /^(?:\{?\$([\w]+(?:->\w+)?)\}?)/,
}

/** @param names of which language placeholders are, if there can be any */
function readQuoted(
  text: string,
  from: number,
  quote: string,
  names: Language['name'] | undefined,
  escapes: boolean,
  start: number,
): Read {
  const parts: (string | { readonly name: string })[] = []
  let plain = ''
  let at = from
  const placeholder = names && PLACEHOLDERS[names]
  while (at < text.length && !text.startsWith(quote, at)) {
    const character = text[at] as string
    const match = placeholder && /[${]/.test(character) ? placeholder.exec(text.slice(at, at + 240)) : null
    if (match) {
      parts.push(plain, { name: (match[1] ?? '').replace('->', '.') })
      plain = ''
      at += match[0].length
    } else if (character === '\\' && escapes) {
      const next = text[at + 1] ?? ''
      plain += ESCAPES[next] ?? next
      at += 2
    } else {
      if (plain.length < MOST_STRING) plain += character
      at++
    }
  }
  parts.push(plain)
  return stringToken(parts, start, at + quote.length)
}

function stringToken(
  parts: readonly (string | { readonly name: string })[],
  offset: number,
  end: number,
): Read {
  return { token: { kind: 'string', parts, offset }, end }
}
