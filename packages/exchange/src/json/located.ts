import type { Text } from '@messlatte/model'

/** A JSON value that knows the line it begins on, so that a mistake in a file can be told with its place. */
export type Located =
  | { readonly kind: 'object'; readonly line: number; readonly members: ReadonlyMap<string, Located> }
  | { readonly kind: 'array'; readonly line: number; readonly items: readonly Located[] }
  | { readonly kind: 'string'; readonly line: number; readonly value: string }
  | { readonly kind: 'number'; readonly line: number; readonly value: number }
  | { readonly kind: 'boolean'; readonly line: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly line: number }

/** What is wrong with a text that is no JSON, and on which line (from 1). */
export class JsonSyntaxError extends Error {
  readonly line: number
  readonly text: Text

  constructor(line: number, text: Text) {
    super(text.en)
    this.name = 'JsonSyntaxError'
    this.line = line
    this.text = text
  }
}

const MOST_DEPTH = 64
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y

/**
 * Reads JSON (RFC 8259) and refuses a member that is there twice, which JSON.parse lets pass.
 * Throws JsonSyntaxError. Bounds: 64 levels; work and memory grow with the text.
 */
export function parseLocated(text: string): Located {
  return new Parser(text).whole()
}

class Parser {
  readonly #text: string
  #at = 0
  #line = 1

  constructor(text: string) {
    this.#text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  }

  whole(): Located {
    const value = this.#value(0)
    this.#space()
    if (this.#at < this.#text.length)
      this.#fail({ en: 'something stands behind the end', de: 'hinter dem Ende steht noch etwas' })
    return value
  }

  #value(depth: number): Located {
    if (depth > MOST_DEPTH)
      this.#fail({ en: `more than ${MOST_DEPTH} levels`, de: `mehr als ${MOST_DEPTH} Ebenen` })
    this.#space()
    const line = this.#line
    switch (this.#text[this.#at]) {
      case '{':
        return { kind: 'object', line, members: this.#members(depth) }
      case '[':
        return { kind: 'array', line, items: this.#items(depth) }
      case '"':
        return { kind: 'string', line, value: this.#string() }
      default:
        return this.#scalar(line)
    }
  }

  #members(depth: number): ReadonlyMap<string, Located> {
    const members = new Map<string, Located>()
    this.#at++
    for (let first = true; !this.#take('}'); first = false) {
      if (!first) this.#expect(',', { en: 'a comma or } is missing', de: 'ein Komma oder } fehlt' })
      this.#space()
      if (this.#text[this.#at] !== '"')
        this.#fail({
          en: 'the name of a field in double quotes is missing',
          de: 'der Name eines Feldes in doppelten Anführungszeichen fehlt',
        })
      const name = this.#string()
      if (members.has(name))
        this.#fail({ en: `the field "${name}" is there twice`, de: `das Feld „${name}“ ist doppelt da` })
      this.#expect(':', {
        en: `a colon is missing behind "${name}"`,
        de: `hinter „${name}“ fehlt ein Doppelpunkt`,
      })
      members.set(name, this.#value(depth + 1))
    }
    return members
  }

  #items(depth: number): readonly Located[] {
    const items: Located[] = []
    this.#at++
    for (let first = true; !this.#take(']'); first = false) {
      if (!first) this.#expect(',', { en: 'a comma or ] is missing', de: 'ein Komma oder ] fehlt' })
      items.push(this.#value(depth + 1))
    }
    return items
  }

  /** Strings hold no raw line break, so that the line stays right. */
  #string(): string {
    const start = this.#at
    for (this.#at++; this.#text[this.#at] !== '"'; this.#at++) {
      const character = this.#text[this.#at]
      if (character === undefined || character === '\n')
        this.#fail({
          en: 'a text has no closing quote',
          de: 'einem Text fehlt das schließende Anführungszeichen',
        })
      if (character === '\\') this.#at++
    }
    this.#at++
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string
    } catch {
      return this.#fail({
        en: 'a text holds a control character or an escape that JSON does not know',
        de: 'ein Text enthält ein Steuerzeichen oder ein Escape, das JSON nicht kennt',
      })
    }
  }

  #scalar(line: number): Located {
    const word = this.#match(WORD)
    if (word === 'null') return { kind: 'null', line }
    if (word !== undefined) return { kind: 'boolean', line, value: word === 'true' }
    const digits = this.#match(NUMBER)
    if (digits !== undefined) return { kind: 'number', line, value: Number(digits) }
    return this.#fail(
      this.#at < this.#text.length
        ? { en: 'a value is missing', de: 'ein Wert fehlt' }
        : { en: 'the file ends too early', de: 'die Datei endet zu früh' },
    )
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #expect(character: string, complaint: Text): void {
    if (!this.#take(character)) this.#fail(complaint)
  }

  #take(character: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #space(): void {
    for (; ; this.#at++) {
      const character = this.#text[this.#at]
      if (character === '\n') this.#line++
      else if (character !== ' ' && character !== '\t' && character !== '\r') return
    }
  }

  #fail(message: Text): never {
    throw new JsonSyntaxError(this.#line, message)
  }
}
