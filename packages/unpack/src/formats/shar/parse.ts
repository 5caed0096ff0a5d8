import type { Bytes } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { TextLines } from '../text-lines.ts'
import { uuHeader } from '../uu-text.ts'
import { type Token, tokensOf } from './words.ts'

export const MAGIC = '# This is a shell archive'
export const SHELL = '#!/bin/sh\n'
const PACKERS = ['gzip', 'xz', 'bzip2'] as const
/** A folder of the script's own. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it stands so in the script
const LOCK = '${lock_dir}/'
/** How archives compare the size of a file. */
const SIZES = [
  /wc -c < ?'(?<path>[^']*)'`? -ne (?<size>\d+)/,
  /test (?<size>\d+) -ne `wc -c < ?'(?<path>[^']*)'`/,
]
const MD5 = /^([0-9a-f]{32}) [ *](.*)$/
const MOST_MEMBERS = 1_000_000
const MOST_PATH = 4096

export type Packer = (typeof PACKERS)[number]

/** Where the lines of a here-document lie. */
export interface HereDocument {
  readonly from: number
  readonly to: number
  /** What `sed` takes away at the start of each line. */
  readonly prefix: string
  readonly isUuencoded: boolean
  readonly packer: Packer | undefined
  /** False where the archive ends before it does. */
  readonly isWhole: boolean
}

export interface SharMember {
  readonly path: string
  /** Undefined for a folder. */
  readonly content: HereDocument | undefined
  readonly mode: number
  readonly mtime: number | undefined
  readonly md5: string | undefined
  /** Bytes that it should have. */
  readonly size: number | undefined
}

export interface SharProblem {
  readonly code: 'unsupported'
  readonly message: string
  readonly path?: string
}

/** What a script says, command by command. */
export interface SharScript {
  readonly members: readonly SharMember[]
  readonly problems: readonly SharProblem[]
  readonly end: number
}

type Growing = { -readonly [Key in keyof SharMember]: SharMember[Key] }

/** Reads the script at `start`; undefined for what is no archive. Nothing of it is run. */
export function parseScript(bytes: Bytes, { start, end }: Region): SharScript | undefined {
  const lines = new TextLines(bytes, start, end)
  const reading = new Reading(lines)
  for (let count = 0; reading.members.length < MOST_MEMBERS; count++) {
    const { at } = lines
    const line = lines.next()
    const isStart = count < 2 && line?.text.startsWith(MAGIC)
    // Another archive, or what is no script.
    if (!line?.isEnded || line.text.includes('\0') || (line.text.startsWith(MAGIC) && !isStart))
      return reading.ended(at)
    if (/^exit( 0)?;?\r?$/.test(line.text) && reading.members.length > 0) return reading.ended(lines.at)
    reading.take(line.text)
  }
  return reading.ended(lines.at)
}

class Reading {
  readonly members: Growing[] = []
  readonly #lines: TextLines
  readonly #problems: SharProblem[] = []
  /** A packed content that is written to a file of the script's own, by the last part of its name. */
  #packed: { readonly name: string; readonly content: HereDocument } | undefined

  constructor(lines: TextLines) {
    this.#lines = lines
  }

  ended(end: number): SharScript | undefined {
    return this.members.length === 0 ? undefined : { members: this.members, problems: this.#problems, end }
  }

  take(line: string): void {
    const told = SIZES.map((one) => one.exec(line)?.groups).find((groups) => groups !== undefined)
    if (told) this.#change(told.path as string, (member) => (member.size = Number(told.size)))
    const tokens = tokensOf(line)
    if (!tokens) return
    const delimiter = wordBehind(tokens, '<<')
    if (delimiter) this.#takeDocument(tokens, delimiter)
    else this.#takeCommand(wordsOf(tokens), tokens)
  }

  #takeCommand(words: readonly string[], tokens: readonly Token[]): void {
    const [command, first = '', second = ''] = words
    const packer = PACKERS.find((one) => one === command)
    const made = operatorAt(tokens, 0) === '>' ? wordBehind(tokens, '>') : undefined
    if (made?.isPlain && isPath(made.text)) this.#addEmpty(made.text)
    else if (command === 'mkdir' && isPath(first)) this.#add(first, undefined, 0o755)
    else if (command === 'chmod' && /^[0-7]{3,4}$/.test(first))
      this.#change(second, (member) => (member.mode = Number.parseInt(first, 8)))
    else if (command === 'set' && words.length === 9)
      this.#change(words[8] as string, (member) => (member.mtime = timeOf(words.slice(1, 8).map(Number))))
    else if (packer && /^-dk?c$/.test(first) && second.startsWith(LOCK)) {
      const to = wordBehind(tokens, '>')
      const packed = this.#packed
      if (to?.isPlain && isPath(to.text) && packed?.name === second.slice(LOCK.length))
        this.#add(to.text, { ...packed.content, packer }, 0o644)
    }
  }

  #takeDocument(tokens: readonly Token[], delimiter: Word): void {
    const from = this.#lines.at
    const { to, isWhole } = this.#documentEnd(delimiter.text)
    const pipe = tokens.findIndex(({ kind, text }) => kind === 'operator' && text === '|')
    const [first, second] = pipe < 0 ? [tokens, []] : [tokens.slice(0, pipe), tokens.slice(pipe + 1)]
    const path = wordBehind(tokens, '>')
    const isDecoded = second[0]?.text === 'uudecode'
    const prefix = pipe < 0 || isDecoded ? prefixOf(wordsOf(first)) : undefined
    // `uudecode` stands behind a pipe, or in a later line, where it reads a file of the script's own.
    const isUuencoded = isDecoded || path?.text === `${LOCK}uue`
    const content = { from, to, prefix: prefix ?? '', isUuencoded, packer: undefined, isWhole }
    if (tokens[0]?.text === ')') this.#takeSums(from, to)
    else if (prefix === undefined || !delimiter.isQuoted)
      this.#unread('a here-document that more than `sed` or `cat` would change', path?.text)
    else if (isUuencoded) this.#takeUuencoded(content)
    else if (path?.isPlain && isPath(path.text)) this.#add(path.text, content, 0o644)
    else this.#unread('a here-document that is written to no file of a plain name', path?.text)
  }

  #takeUuencoded(content: HereDocument): void {
    const lines = this.#linesOf(content)
    const header = uuHeader(withoutPrefix(lines.next()?.text ?? '', content.prefix))
    if (!header) this.#unread('a content that is not uuencoded')
    else if (/^_sh\d+\/\w+$/.test(header.name))
      this.#packed = { name: header.name.replace(/^.*\//, ''), content }
    else this.#add(header.name, content, header.mode)
  }

  #takeSums(from: number, to: number): void {
    const lines = this.#linesOf({ from, to })
    for (let line = lines.next(); line; line = lines.next()) {
      const [, md5, path] = MD5.exec(line.text) ?? []
      if (path !== undefined) this.#change(path, (member) => (member.md5 = md5))
    }
  }

  #linesOf({ from, to }: Pick<HereDocument, 'from' | 'to'>): TextLines {
    return this.#lines.within(from, to)
  }

  /** Offset of the line that ends it; the lines go on behind that. */
  #documentEnd(delimiter: string): Pick<HereDocument, 'to' | 'isWhole'> {
    for (let isStart = true; ; ) {
      const line = this.#lines.next()
      if (!line) return { to: this.#lines.at, isWhole: false }
      if (isStart && line.isEnded && line.text === delimiter) return { to: line.at, isWhole: true }
      // The archive ends within the delimiter.
      if (isStart && !line.hasFeed && delimiter.startsWith(line.text)) return { to: line.at, isWhole: false }
      isStart = line.isEnded
    }
  }

  #addEmpty(path: string): void {
    const { at } = this.#lines
    const content = { from: at, to: at, prefix: '', isUuencoded: false, packer: undefined, isWhole: true }
    this.#add(path, content, 0o644)
  }

  #add(path: string, content: HereDocument | undefined, mode: number): void {
    this.members.push({ path, content, mode, mtime: undefined, md5: undefined, size: undefined })
  }

  /** What is told of a file stands behind it. */
  #change(path: string, change: (member: Growing) => void): void {
    const last = this.members.at(-1)
    if (last?.content && last.path === path) change(last)
  }

  #unread(message: string, path?: string): void {
    this.#problems.push({ code: 'unsupported', message, ...(path === undefined ? {} : { path }) })
  }
}

type Word = Extract<Token, { readonly kind: 'word' }>

function wordBehind(tokens: readonly Token[], operator: string): Word | undefined {
  const at = tokens.findIndex(({ kind, text }) => kind === 'operator' && text === operator)
  const word = at < 0 ? undefined : tokens[at + 1]
  return word?.kind === 'word' ? word : undefined
}

/** Without what redirections lead to. */
function wordsOf(tokens: readonly Token[]): readonly string[] {
  return tokens
    .filter(({ kind }, at) => kind === 'word' && !/^[<>]/.test(operatorAt(tokens, at - 1)))
    .map(({ text }) => text)
}

function operatorAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at]
  return token?.kind === 'operator' ? token.text : ''
}

/** Of `sed 's/^X//'`, the X; of `cat`, nothing; undefined for other commands. */
function prefixOf([command, first, second]: readonly string[]): string | undefined {
  if (command === 'cat') return first === undefined ? '' : undefined
  if (command !== 'sed') return undefined
  return /^s\/\^([^/\\.*[\]^$]+)\/\/$/.exec((first === '-e' ? second : first) ?? '')?.[1]
}

export function withoutPrefix(line: string, prefix: string): string {
  return line.startsWith(prefix) ? line.slice(prefix.length) : line
}

function isPath(text: string): boolean {
  return text !== '' && text.length <= MOST_PATH
}

/** Century, year, month, day, hour, minute and second. */
function timeOf([century = 0, year = 0, month = 0, day, hour, minute, second]: readonly number[]):
  | number
  | undefined {
  const time = Date.UTC(century * 100 + year, month - 1, day, hour, minute, second)
  return Number.isFinite(time) ? time / 1000 : undefined
}
