import { DecodeError } from '@messlatte/bytes'
import type { TextLines } from './text-lines.ts'

const HEADER = /^begin(-base64)? ([0-7]{3,4}) (\S.{0,1023})$/
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const BASE64_END = '===='
/** Letters stand for 0 to 63, and one more for 0. */
const [FIRST, LAST] = [0x20, 0x60] as const
/** Behind the letters of a line, some programs write one for a checksum. */
const MOST_BEHIND = 1

export interface UuHeader {
  readonly isBase64: boolean
  readonly mode: number
  /** Byte string. */
  readonly name: string
}

/** Of a content that `uuencode` wrote. */
export function uuHeader(line: string): UuHeader | undefined {
  const [, base64, mode, name] = HEADER.exec(withoutReturn(line)) ?? []
  if (mode === undefined || name === undefined) return undefined
  return { isBase64: base64 !== undefined, mode: Number.parseInt(mode, 8), name }
}

/**
 * Decodes the lines behind a header, up to those that end them. `prefix` is taken away where a line begins with it.
 * @throws DecodeError `truncated` where they end before, `corrupt` for a line that is none
 */
export function uuDecode(
  lines: TextLines,
  { isBase64 }: UuHeader,
  write: (chunk: Uint8Array) => void,
  prefix = '',
): void {
  for (let line = lines.next(); line; line = lines.next()) {
    const text = plainLine(line.text, prefix)
    if (isBase64 ? text === BASE64_END : uuLength(text) === 0) {
      if (isBase64 || plainLine(lines.next()?.text ?? 'end', prefix) === 'end') return
      throw notALine()
    }
    write(isBase64 ? base64Line(text) : uuLine(text))
  }
  throw new DecodeError('truncated', 'the text ends early')
}

function base64Line(text: string): Uint8Array {
  if (!BASE64.test(text) || text.length % 4 !== 0) throw notALine()
  return Buffer.from(text, 'base64')
}

/** Bytes of a line; programs that strip spaces leave nothing of one without bytes. */
function uuLength(text: string): number {
  return text === '' ? 0 : valueAt(text, 0)
}

function uuLine(text: string): Uint8Array {
  const length = uuLength(text)
  const letters = Math.ceil(length / 3) * 4
  if (text.length > 1 + letters + MOST_BEHIND) throw notALine()
  const out = new Uint8Array((letters / 4) * 3)
  for (let at = 1, done = 0; at <= letters; at += 4, done += 3) {
    const [a, b, c, d] = [0, 1, 2, 3].map((more) => valueAt(text, at + more)) as [
      number,
      number,
      number,
      number,
    ]
    out[done] = (a << 2) | (b >>> 4)
    out[done + 1] = (b << 4) | (c >>> 2)
    out[done + 2] = (c << 6) | d
  }
  return out.subarray(0, length)
}

/** Spaces at the end of a line, which stand for zero, may be missing. */
function valueAt(text: string, at: number): number {
  if (at >= text.length) return 0
  const letter = text.charCodeAt(at)
  if (letter < FIRST || letter > LAST) throw notALine()
  return (letter - FIRST) & 63
}

function plainLine(text: string, prefix: string): string {
  return withoutReturn(prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : text)
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

function notALine(): DecodeError {
  return new DecodeError('corrupt', 'a line of the text is none of uuencode')
}
