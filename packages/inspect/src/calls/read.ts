import type { Language } from './languages.ts'
import { type Token, tokensOf } from './lex.ts'

/** What an expression comes to, as far as it is constant. */
export type Value =
  /** `$name` stands for what is not known. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'truth'; readonly truth: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'table'; readonly entries: ReadonlyMap<string, Value> }
  /** A name of which no value is known, a call, a function. */
  | { readonly kind: 'other'; readonly name: string }

/** A call, with what its arguments come to. */
export interface Call {
  /** With `.` for every kind of access: `requests.get`, `self.client.post`. */
  readonly name: string
  readonly args: readonly Value[]
  /** Arguments by name (Python). */
  readonly named: ReadonlyMap<string, Value>
  /** Bytes from the start of the script. */
  readonly offset: number
  readonly length: number
}

const MOST_TEXT = 256 * 1024
const MOST_CALLS = 4_000
const MOST_VALUE = 2_000
const MOST_ITEMS = 200
const DEEPEST = 40

/**
 * Reads the calls of a script in the order in which they stand, with constants put in for the names that always hold the same one. No language is parsed in
 * full: statements are looked through for assignments and calls, and what is not understood is passed over.
 * @param text byte string
 */
export function readCalls(text: string, language: Language): readonly Call[] {
  const tokens = tokensOf(text.slice(0, MOST_TEXT), language)
  let known: ReadonlyMap<string, Value> = new Map()
  // Constants that are made of others are known one pass later.
  for (let pass = 0; pass < PASSES; pass++) {
    const reader = new Reader(tokens, language, known)
    reader.read()
    known = reader.constants()
  }
  return new Reader(tokens, language, known).read().toSorted((a, b) => a.offset - b.offset)
}

const PASSES = 3

const UNKNOWN: Value = { kind: 'other', name: '' }
/** Names of values, not of variables. */
const TRUTHS: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  True: true,
  False: false,
  TRUE: true,
  FALSE: false,
}
const NOTHING = new Set(['nil', 'null', 'None', 'NULL', 'undefined'])
/** Words that begin no expression. */
const KEYWORDS = new Set(
  'if then else elseif elif end do while for in return function def class and or not try except catch finally with as import from require_once include_once throw raise case switch break continue global new await async yield lambda local var let const static public private protected echo print'.split(
    ' ',
  ),
)

class Reader {
  readonly calls: Call[] = []
  readonly #tokens: readonly Token[]
  readonly #language: Language
  readonly #known: ReadonlyMap<string, Value>
  readonly #assigned = new Map<string, Value | 'several'>()
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[], language: Language, known: ReadonlyMap<string, Value>) {
    this.#tokens = tokens
    this.#language = language
    this.#known = known
  }

  read(): readonly Call[] {
    while (this.#at < this.#tokens.length && this.calls.length < MOST_CALLS) {
      const before = this.#at
      this.#statement()
      if (this.#at === before) this.#at++
    }
    return this.calls
  }

  /** Names that get one value, wherever they get it. */
  constants(): ReadonlyMap<string, Value> {
    return new Map(
      [...this.#assigned].flatMap(([name, value]) => (value === 'several' ? [] : [[name, value]])),
    )
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead]
  }

  #isSign(text: string, ahead = 0): boolean {
    const token = this.#peek(ahead)
    return token?.kind === 'sign' && token.text === text
  }

  #sign(text: string): boolean {
    if (!this.#isSign(text)) return false
    this.#at++
    return true
  }

  #isAccess(token: Token | undefined): boolean {
    return token?.kind === 'sign' && this.#language.access.includes(token.text)
  }

  /** The constant of a name; those of a class are used with the class or the object in front. */
  #lookup(name: string): Value | undefined {
    return this.#known.get(name) ?? this.#known.get(name.replace(/^(?:self|this|static|cls)\./, ''))
  }

  #skipLines(): void {
    while (this.#peek()?.kind === 'line') this.#at++
  }

  #statement(): void {
    const token = this.#peek()
    if (token?.kind === 'name' && this.#parameters(token.text)) return
    if (token?.kind === 'name' && (KEYWORDS.has(token.text) || this.#language.declarations.has(token.text))) {
      this.#at++
      return
    }
    const start = this.#at
    const name = token?.kind === 'name' ? this.#path() : undefined
    if (name !== undefined && this.#sign('=')) {
      this.#assign(name, this.#expression())
      return
    }
    if (name !== undefined && (this.#sign('+=') || this.#sign('.='))) {
      this.#assigned.set(name, 'several')
      this.#expression()
      return
    }
    this.#at = start
    this.#expression()
  }

  /** What a function is called with is not known: its parameters hold nothing constant. */
  #parameters(keyword: string): boolean {
    if (keyword !== 'function' && keyword !== 'def') return false
    this.#at++
    while (this.#peek()?.kind === 'name' || this.#isSign('.') || this.#isSign(':')) this.#at++
    if (!this.#sign('(')) return true
    for (let token = this.#peek(); token && !this.#isSign(')'); token = this.#peek()) {
      if (token.kind === 'name') this.#assigned.set(token.text, 'several')
      this.#at++
    }
    this.#sign(')')
    return true
  }

  /** `a.b`, `a:b`, `a->b`, `a['b']`: a name that may get a value. */
  #path(): string | undefined {
    const token = this.#peek()
    if (token?.kind !== 'name') return undefined
    let name = token.text
    this.#at++
    for (;;) {
      const [sign, next, close] = [this.#peek(), this.#peek(1), this.#peek(2)]
      if (this.#isAccess(sign) && next?.kind === 'name') {
        name += `.${next.text}`
        this.#at += 2
      } else if (
        this.#isSign('[') &&
        next?.kind === 'string' &&
        next.parts.length === 1 &&
        close?.kind === 'sign' &&
        close.text === ']'
      ) {
        name += `.${next.parts[0]}`
        this.#at += 3
      } else return name.length > 200 ? undefined : name
    }
  }

  #assign(name: string, value: Value): void {
    const isEmpty =
      (value.kind === 'text' && value.text === '') || (value.kind === 'other' && NOTHING.has(value.name))
    const before = this.#assigned.get(name)
    if (isEmpty && before !== undefined) return
    const isFirst =
      before === undefined || (before !== 'several' && before.kind === 'text' && before.text === '')
    const isSame =
      before !== undefined &&
      before !== 'several' &&
      JSON.stringify(plain(before)) === JSON.stringify(plain(value))
    if (value.kind === 'other' && !isEmpty) this.#assigned.set(name, 'several')
    else if (isFirst || isSame) this.#assigned.set(name, isEmpty ? { kind: 'text', text: '' } : value)
    else this.#assigned.set(name, 'several')
    if (value.kind === 'table')
      for (const [key, entry] of value.entries) this.#assign(`${name}.${key}`, entry)
  }

  #expression(): Value {
    if (this.#depth > DEEPEST) {
      this.#at = this.#tokens.length
      return UNKNOWN
    }
    this.#depth++
    let value = this.#primary()
    for (;;) {
      const token = this.#peek()
      if (token?.kind !== 'sign') break
      if (this.#language.concatenation.includes(token.text)) {
        this.#at++
        this.#skipLines()
        value = joined(value, this.#primary())
      } else if (token.text === '%' && this.#language.name === 'python') {
        this.#at++
        value = formatted(value, this.#primary())
      } else if (/^(?:==|!=|~=|===|!==|<=|>=|<|>|&&|\|\||\?|-|\*|\/|\|)$/.test(token.text)) {
        this.#at++
        this.#skipLines()
        this.#primary()
        value = UNKNOWN
      } else break
    }
    this.#depth--
    return value
  }

  #primary(): Value {
    const token = this.#peek()
    if (!token) return UNKNOWN
    switch (token.kind) {
      case 'string': {
        this.#at++
        const value = this.#textOf(token)
        // Python joins strings that stand beside each other; methods of a string change it.
        const next = this.#peek()
        if (this.#language.name === 'python' && next?.kind === 'string') return joined(value, this.#primary())
        return this.#behind('', value, token.offset)
      }
      case 'number':
        this.#at++
        return { kind: 'text', text: token.text }
      case 'line':
        return UNKNOWN
      case 'name':
        return this.#named(token.text, token.offset)
      case 'sign':
        return this.#signed(token.text)
    }
  }

  #named(text: string, offset: number): Value {
    if (text === 'new' || text === 'await' || text === 'not' || text === 'async') {
      this.#at++
      return this.#primary()
    }
    if (text === 'function' || text === 'def' || text === 'lambda') {
      this.#parameters('function')
      return UNKNOWN
    }
    const truth = TRUTHS[text]
    if (truth !== undefined) {
      this.#at++
      return { kind: 'truth', truth }
    }
    if (text === 'array' && this.#isSign('(', 1)) {
      this.#at += 2
      return this.#items(')')
    }
    if (KEYWORDS.has(text)) return UNKNOWN
    const name = this.#path() ?? text
    return this.#behind(name, this.#lookup(name) ?? { kind: 'other', name }, offset)
  }

  /** Calls and accesses behind a value. */
  #behind(start: string, first: Value, offset: number): Value {
    let [name, value] = [start, first]
    for (;;) {
      const [token, next] = [this.#peek(), this.#peek(1)]
      const isLuaCall =
        this.#language.name === 'lua' && name !== '' && (token?.kind === 'string' || this.#isSign('{'))
      if (this.#isSign('(') || isLuaCall) {
        value = this.#call(name, value, offset)
        name = `${name}()`
      } else if (this.#isAccess(token) && next?.kind === 'name') {
        this.#at += 2
        name = name === '' ? next.text : `${name}.${next.text}`
        const entry = value.kind === 'table' ? value.entries.get(next.text) : undefined
        value = entry ?? this.#lookup(name) ?? { kind: 'other', name }
      } else if (this.#isSign('[') && this.#language.name !== 'lua') {
        this.#at++
        const key = this.#expression()
        this.#skipTo(']')
        const entry = value.kind === 'table' && key.kind === 'text' ? value.entries.get(key.text) : undefined
        value = entry ?? UNKNOWN
      } else return value
      if (name.length > 300) return UNKNOWN
    }
  }

  #call(name: string, callee: Value, offset: number): Value {
    const args: Value[] = []
    const named = new Map<string, Value>()
    if (this.#sign('(')) this.#arguments(args, named)
    else args.push(this.#primary())
    const end = this.#tokens[this.#at - 1]?.offset ?? offset
    if (name === 'define' && args[0]?.kind === 'text' && args[1]) this.#assign(args[0].text, args[1])
    if (name !== '' && this.calls.length < MOST_CALLS)
      this.calls.push({ name, args, named, offset, length: Math.max(1, end + 1 - offset) })
    return this.#resultOf(name, callee, args)
  }

  /** Calls that only put strings together. */
  #resultOf(name: string, callee: Value, args: readonly Value[]): Value {
    const method = name.slice(name.lastIndexOf('.') + 1)
    if (/^(?:string\.format|util\.format|sprintf)$/.test(name)) {
      const [format, ...values] = args
      return format ? formatted(format, { kind: 'list', items: values }) : UNKNOWN
    }
    if (method === 'format' && callee.kind === 'other' && args.length > 0) return UNKNOWN
    if (/^(?:os\.path\.join|path\.join)$/.test(name))
      return args.reduce((all, one) => joined(joined(all, { kind: 'text', text: '/' }), one))
    if (/^(?:str|String|tostring)$/.test(name)) return args[0] ?? UNKNOWN
    return { kind: 'other', name: `${name}()` }
  }

  #arguments(args: Value[], named: Map<string, Value>): void {
    for (let count = 0; count < MOST_ITEMS; count++) {
      this.#skipLines()
      if (this.#sign(')') || this.#at >= this.#tokens.length) return
      const [name, sign] = [this.#peek(), this.#peek(1)]
      if (name?.kind === 'name' && sign?.kind === 'sign' && sign.text === '=') {
        this.#at += 2
        named.set(name.text, this.#expression())
      } else args.push(this.#expression())
      this.#skipLines()
      if (!this.#sign(',')) {
        this.#skipTo(')')
        return
      }
    }
    this.#skipTo(')')
  }

  #signed(text: string): Value {
    this.#at++
    switch (text) {
      case '(': {
        this.#skipLines()
        const value = this.#expression()
        this.#skipLines()
        if (!this.#isSign(',')) {
          this.#skipTo(')')
          return this.#behind('', value, this.#peek()?.offset ?? 0)
        }
        // A tuple.
        this.#at++
        const rest = this.#items(')')
        return rest.kind === 'list' ? { kind: 'list', items: [value, ...rest.items] } : rest
      }
      case '[':
        return this.#items(']')
      case '{':
        return this.#items('}')
      case '!':
      case '-':
      case '&':
      case '@':
        this.#primary()
        return UNKNOWN
      default:
        return UNKNOWN
    }
  }

  /** A list, or a table where there are keys: `{a = 1}`, `{a: 1}`, `{'a' => 1}`, `["a"] = 1`. */
  #items(close: string): Value {
    const items: Value[] = []
    const entries = new Map<string, Value>()
    for (let count = 0; count < MOST_ITEMS; count++) {
      this.#skipLines()
      if (this.#sign(close) || this.#at >= this.#tokens.length) break
      const key = this.#key()
      const value = this.#expression()
      if (key === undefined) items.push(value)
      else entries.set(key, value)
      this.#skipLines()
      if (!this.#sign(',') && !this.#sign(';')) {
        this.#skipTo(close)
        break
      }
    }
    return entries.size > 0 ? { kind: 'table', entries } : { kind: 'list', items }
  }

  #key(): string | undefined {
    const isBracketed = this.#isSign('[') && this.#isSign(']', 2)
    const at = isBracketed ? 1 : 0
    const [token, sign] = [this.#peek(at), this.#peek(isBracketed ? 3 : 1)]
    if (sign?.kind !== 'sign' || !/^(?:=|:|=>)$/.test(sign.text)) return undefined
    const key =
      token?.kind === 'name'
        ? token.text
        : token?.kind === 'string' && token.parts.length === 1
          ? String(token.parts[0])
          : undefined
    if (key === undefined) return undefined
    this.#at += isBracketed ? 4 : 2
    return key
  }

  /** Behind the sign that closes what is open; what stands in front of it is looked through for calls. */
  #skipTo(close: string): void {
    const open = { ')': '(', ']': '[', '}': '{' }[close] ?? ''
    let depth = 0
    for (let steps = 0; this.#at < this.#tokens.length && steps < 5_000; steps++) {
      if (this.#isSign(open)) depth++
      else if (this.#isSign(close) && depth-- === 0) {
        this.#at++
        return
      }
      if (this.#peek()?.kind === 'name') {
        const before = this.#at
        this.#statement()
        if (this.#at > before) continue
      }
      this.#at++
    }
  }

  #textOf({ parts }: Extract<Token, { kind: 'string' }>): Value {
    return parts
      .map((part): Value => {
        if (typeof part === 'string') return { kind: 'text', text: part }
        return this.#lookup(part.name) ?? { kind: 'other', name: part.name }
      })
      .reduce(joined)
  }
}

/** Two values as one text; what is not known stands by its name. */
function joined(left: Value, right: Value): Value {
  return { kind: 'text', text: `${shown(left)}${shown(right)}`.slice(0, MOST_VALUE) }
}

/** The text of a value: `$name` where it is not known. */
export function shown(value: Value): string {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'truth':
      return String(value.truth)
    case 'other':
      return `$${value.name.replace(/\W+/g, '_') || 'value'}`
    case 'list':
    case 'table':
      return '$value'
  }
}

/** `%s` and its like, one after the other. */
function formatted(format: Value, values: Value): Value {
  if (format.kind !== 'text') return UNKNOWN
  const rest = values.kind === 'list' ? [...values.items] : [values]
  return {
    kind: 'text',
    text: format.text
      .replace(/%[-0-9.]*[sdiqfxu]/g, () => shown(rest.shift() ?? UNKNOWN))
      .slice(0, MOST_VALUE),
  }
}

/** Plain data, for a comparison. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'list':
      return value.items.map(plain)
    case 'table':
      return [...value.entries].map(([key, entry]) => [key, plain(entry)])
    case 'text':
    case 'truth':
    case 'other':
      return value
  }
}
