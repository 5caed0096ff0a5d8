import { type Token, tokens } from './lex.ts'
import type { Branch, Command, Node, Redirection, Word } from './tree.ts'

/** Structures within structures; what lies deeper is left out. */
const DEEPEST = 60
const EMPTY: Node = { kind: 'list', items: [] }

/** Parses a script of a POSIX shell as far as it goes. What makes no sense is passed over, never guessed. */
export function parseScript(source: string): Node {
  return new Parser(source, tokens(source)).program()
}

/** The text of a word that holds nothing but text outside of quotes: only that can be a keyword. */
function keywordOf(token: Token | undefined): string | undefined {
  if (token?.kind !== 'word' || token.word.length !== 1) return undefined
  const part = token.word[0]
  return part?.kind === 'text' && !part.quoted ? part.text : undefined
}

class Parser {
  readonly #source: string
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(source: string, all: readonly Token[]) {
    this.#source = source
    this.#tokens = all
  }

  program(): Node {
    const items: Node[] = []
    while (this.#at < this.#tokens.length) {
      const before = this.#at
      items.push(this.#list([]))
      // A closing keyword that nothing opened.
      if (this.#at === before) this.#at++
    }
    return { kind: 'list', items }
  }

  #operator(text: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'operator' || token.text !== text) return false
    this.#at++
    return true
  }

  #isOperator(text: string): boolean {
    const token = this.#tokens[this.#at]
    return token?.kind === 'operator' && token.text === text
  }

  #keyword(text: string): boolean {
    if (keywordOf(this.#tokens[this.#at]) !== text) return false
    this.#at++
    return true
  }

  #skipLines(): void {
    while (this.#isOperator('\n') || this.#isOperator(';')) this.#at++
  }

  /** Those of a whole structure: `done > file`. */
  #skipRedirections(): void {
    while (this.#tokens[this.#at]?.kind === 'redirection') this.#at++
  }

  /** Commands up to one of the keywords, a `)`, `;;` or the end; the keyword is left standing. */
  #list(ends: readonly string[]): Node {
    if (this.#depth > DEEPEST) {
      this.#at = this.#tokens.length
      return EMPTY
    }
    this.#depth++
    const items: Node[] = []
    for (;;) {
      this.#skipLines()
      const token = this.#tokens[this.#at]
      if (!token || this.#isOperator(')') || this.#isOperator(';;')) break
      const keyword = keywordOf(token)
      if (keyword !== undefined && (ends.includes(keyword) || CLOSING.has(keyword))) break
      const before = this.#at
      const item = this.#andOr()
      if (this.#operator('&')) items.push({ kind: 'background', body: item })
      else items.push(item)
      if (this.#at === before) this.#at++
    }
    this.#depth--
    return items.length === 1 ? (items[0] as Node) : { kind: 'list', items }
  }

  #andOr(): Node {
    let left = this.#pipe()
    for (;;) {
      const kind = this.#operator('&&') ? 'and' : this.#operator('||') ? 'or' : undefined
      if (!kind) return left
      while (this.#isOperator('\n')) this.#at++
      left = { kind, left, right: this.#pipe() }
    }
  }

  #pipe(): Node {
    if (this.#keyword('!')) return { kind: 'not', body: this.#pipe() }
    const items = [this.#command()]
    this.#skipRedirections()
    while (this.#operator('|')) {
      while (this.#isOperator('\n')) this.#at++
      items.push(this.#command())
      this.#skipRedirections()
    }
    return items.length === 1 ? (items[0] as Node) : { kind: 'pipe', items }
  }

  #command(): Node {
    if (this.#operator('(')) {
      const body = this.#list([])
      this.#operator(')')
      return { kind: 'subshell', body }
    }
    switch (keywordOf(this.#tokens[this.#at])) {
      case 'if':
        return this.#if()
      case 'while':
      case 'until':
        return this.#loop()
      case 'for':
        return this.#for()
      case 'case':
        return this.#case()
      case '{':
        return this.#group()
      case 'function':
        this.#at++
        return this.#function()
      default:
        return this.#isFunction() ? this.#function() : this.#simple()
    }
  }

  #if(): Node {
    this.#at++
    const branches: Branch[] = []
    let otherwise: Node | undefined
    let test = this.#list(['then'])
    while (this.#keyword('then')) {
      branches.push({ test, body: this.#list(['elif', 'else', 'fi']) })
      if (this.#keyword('elif')) test = this.#list(['then'])
      else break
    }
    if (this.#keyword('else')) otherwise = this.#list(['fi'])
    this.#keyword('fi')
    return { kind: 'if', branches, ...(otherwise ? { otherwise } : {}) }
  }

  #loop(): Node {
    const kind = keywordOf(this.#tokens[this.#at]) as 'while' | 'until'
    this.#at++
    const test = this.#list(['do'])
    this.#keyword('do')
    const body = this.#list(['done'])
    this.#keyword('done')
    return { kind, test, body }
  }

  #for(): Node {
    this.#at++
    const name = keywordOf(this.#tokens[this.#at]) ?? ''
    this.#at++
    let words: Word[] | undefined
    if (this.#keyword('in')) {
      words = []
      for (let token = this.#tokens[this.#at]; token?.kind === 'word'; token = this.#tokens[this.#at]) {
        words.push(token.word)
        this.#at++
      }
    }
    this.#skipLines()
    this.#keyword('do')
    const body = this.#list(['done'])
    this.#keyword('done')
    return { kind: 'for', name, words, body }
  }

  #case(): Node {
    this.#at++
    const token = this.#tokens[this.#at]
    const word: Word = token?.kind === 'word' ? token.word : []
    this.#at++
    this.#skipLines()
    this.#keyword('in')
    const arms: { readonly patterns: readonly Word[]; readonly body: Node }[] = []
    for (;;) {
      this.#skipLines()
      if (this.#at >= this.#tokens.length || this.#keyword('esac')) break
      this.#operator('(')
      const patterns: Word[] = []
      for (let next = this.#tokens[this.#at]; next && !this.#isOperator(')'); next = this.#tokens[this.#at]) {
        if (next.kind === 'word') patterns.push(next.word)
        else if (next.kind !== 'operator' || next.text !== '|') break
        this.#at++
      }
      if (!this.#operator(')')) break
      arms.push({ patterns, body: this.#list(['esac']) })
      this.#operator(';;')
    }
    return { kind: 'case', word, arms }
  }

  #group(): Node {
    this.#at++
    const body = this.#list(['}'])
    this.#keyword('}')
    return body
  }

  #isFunction(): boolean {
    const [name, open, close] = this.#tokens.slice(this.#at, this.#at + 3)
    return (
      /^[\w.-]+$/.test(keywordOf(name) ?? '') &&
      open?.kind === 'operator' &&
      open.text === '(' &&
      close?.kind === 'operator' &&
      close.text === ')'
    )
  }

  #function(): Node {
    const name = keywordOf(this.#tokens[this.#at]) ?? ''
    this.#at++
    if (this.#operator('(')) this.#operator(')')
    while (this.#isOperator('\n')) this.#at++
    return { kind: 'function', name, body: this.#command() }
  }

  #simple(): Command {
    const assignments: { readonly name: string; readonly value: Word }[] = []
    const words: Word[] = []
    const redirections: Redirection[] = []
    const offset = this.#tokens[this.#at]?.offset ?? 0
    let end = offset
    for (
      let token = this.#tokens[this.#at];
      token && token.kind !== 'operator';
      token = this.#tokens[this.#at]
    ) {
      if (token.kind === 'redirection') redirections.push({ way: token.way, target: token.target })
      else {
        const assignment = words.length === 0 ? assignmentOf(token.word) : undefined
        if (assignment) assignments.push(assignment)
        else words.push(token.word)
        end = token.end
      }
      this.#at++
    }
    const text = this.#source.slice(offset, end)
    return { kind: 'command', assignments, words, redirections, text, offset }
  }
}

const CLOSING: ReadonlySet<string> = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}'])

function assignmentOf(word: Word): { readonly name: string; readonly value: Word } | undefined {
  const [first, ...rest] = word
  const match = first?.kind === 'text' && !first.quoted ? /^([A-Za-z_]\w*)=(.*)$/s.exec(first.text) : null
  if (!match) return undefined
  const [, name = '', text = ''] = match
  return { name, value: text === '' ? rest : [{ kind: 'text', text, quoted: false }, ...rest] }
}
