import { FormatError } from '../../contract.ts'

/** A value of libconfig or JSON. */
export type Setting = string | number | boolean | null | readonly Setting[] | SettingGroup

export interface SettingGroup {
  readonly members: ReadonlyMap<string, Setting>
}

const MOST_DEPTH = 64

const WORD = /[A-Za-z0-9_*@$+.-]/
const MARKS = '{}[]()=:;,'

interface Token {
  readonly kind: 'string' | 'word' | 'mark' | 'end'
  readonly text: string
}

const END: Token = { kind: 'end', text: '' }

/**
 * Settings in libconfig or in JSON: the one is nearly a part of the other, so one reader takes both.
 * @throws FormatError `structure`
 */
export function parseSettings(text: string): SettingGroup {
  const reader = new SettingReader(text)
  if (reader.next.text !== '{') return reader.members(0, 'end')
  reader.take()
  return reader.members(0, 'mark')
}

class SettingReader {
  next: Token = END
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
    this.take()
  }

  /** Steps on; gives the token that was next. */
  take(): Token {
    const token = this.next
    this.#skip()
    const char = this.#text[this.#at]
    if (char === undefined) this.next = END
    else if (char === '"') this.next = { kind: 'string', text: this.#string() }
    else if (MARKS.includes(char)) {
      this.#at++
      this.next = { kind: 'mark', text: char }
    } else this.next = { kind: 'word', text: this.#word() }
    return token
  }

  /** Spaces and comments. */
  #skip(): void {
    for (;;) {
      const two = this.#text.slice(this.#at, this.#at + 2)
      if (two[0] === '#' || two === '//') this.#at = this.#behind('\n', this.#at)
      else if (two === '/*') this.#at = this.#behind('*/', this.#at + 2)
      else if (two !== '' && ' \t\r\n\f\v'.includes(two[0] as string)) this.#at++
      else return
    }
  }

  #behind(text: string, from: number): number {
    const found = this.#text.indexOf(text, from)
    return found < 0 ? this.#text.length : found + text.length
  }

  #string(): string {
    const start = this.#at + 1
    for (let at = start; at < this.#text.length; at++) {
      if (this.#text[at] === '"') {
        this.#at = at + 1
        return unescaped(this.#text.slice(start, at))
      }
      if (this.#text[at] === '\\') at++
    }
    throw broken('a string without its end')
  }

  #word(): string {
    const start = this.#at
    while (this.#at < this.#text.length && WORD.test(this.#text[this.#at] as string)) this.#at++
    if (this.#at === start) throw broken('no setting')
    return this.#text.slice(start, this.#at)
  }

  members(depth: number, closing: 'mark' | 'end'): SettingGroup {
    const members = new Map<string, Setting>()
    for (;;) {
      const name = this.take()
      if (name.kind === 'end' && closing === 'end') return { members }
      if (name.text === '}' && name.kind === 'mark' && closing === 'mark') return { members }
      if (name.kind === 'mark' && (name.text === ';' || name.text === ',')) continue
      if (name.kind !== 'string' && name.kind !== 'word') throw broken('no name')
      const sign = this.take()
      if (sign.kind !== 'mark' || (sign.text !== '=' && sign.text !== ':')) throw broken('no value')
      members.set(name.text, this.#value(depth + 1))
    }
  }

  #value(depth: number): Setting {
    if (depth > MOST_DEPTH) throw broken('too deep')
    const token = this.take()
    if (token.kind === 'string') return this.#joined(token.text)
    if (token.kind === 'word') return scalar(token.text)
    switch (token.text) {
      case '{':
        return this.members(depth, 'mark')
      case '[':
        return this.#list(depth, ']')
      case '(':
        return this.#list(depth, ')')
      default:
        throw broken('no value')
    }
  }

  #list(depth: number, closing: string): readonly Setting[] {
    const values: Setting[] = []
    for (;;) {
      if (this.next.kind === 'end') throw broken('a list without its end')
      if (this.next.kind === 'mark' && this.next.text === closing) {
        this.take()
        return values
      }
      if (this.next.kind === 'mark' && this.next.text === ',') this.take()
      else values.push(this.#value(depth + 1))
    }
  }

  /** Strings one behind the other are one in libconfig. */
  #joined(first: string): string {
    const parts = [first]
    while (this.next.kind === 'string') parts.push(this.take().text)
    return parts.join('')
  }
}

function scalar(word: string): Setting {
  if (/^true$/i.test(word)) return true
  if (/^false$/i.test(word)) return false
  if (word === 'null') return null
  const number = Number(word.replace(/L{1,2}$/, ''))
  return Number.isNaN(number) ? word : number
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b' }

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g, (_, byte, unit, other) =>
    other === undefined ? String.fromCharCode(Number.parseInt(byte ?? unit, 16)) : (ESCAPES[other] ?? other),
  )
}

function broken(what: string): FormatError {
  return new FormatError('structure', `sw-description: ${what}`)
}

/** What a description says of one file of the archive. */
export interface DescribedFile {
  readonly filename: string
  /** In hex, lower case; undefined where there is none. */
  readonly sha256: string | undefined
  readonly encrypted: boolean
  /** Initial vector of its own, in hex. */
  readonly ivt: string | undefined
}

/** All groups that name a file, wherever they stand: boards and variants nest as their authors like. */
export function describedFiles(root: SettingGroup): readonly DescribedFile[] {
  const files: DescribedFile[] = []
  const waiting: Setting[] = [root]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (Array.isArray(one)) for (const value of one) waiting.push(value)
    else if (isGroup(one)) {
      const file = describedFile(one)
      if (file) files.push(file)
      for (const value of one.members.values()) if (typeof value === 'object') waiting.push(value)
    }
  }
  return files.reverse()
}

function isGroup(setting: Setting): setting is SettingGroup {
  return typeof setting === 'object' && setting !== null && 'members' in setting
}

function describedFile({ members }: SettingGroup): DescribedFile | undefined {
  const filename = members.get('filename')
  if (typeof filename !== 'string' || filename === '') return undefined
  const hex = (name: string, length: number) => {
    const value = members.get(name)
    return typeof value === 'string' && value.length === length && /^[0-9a-f]+$/i.test(value)
      ? value.toLowerCase()
      : undefined
  }
  const encrypted = members.get('encrypted')
  return {
    filename,
    sha256: hex('sha256', 64),
    // Newer versions name the cipher here.
    encrypted: encrypted === true || (typeof encrypted === 'string' && encrypted.startsWith('aes')),
    ivt: hex('ivt', 32),
  }
}
