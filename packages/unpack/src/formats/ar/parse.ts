import { type Bytes, cString, latin1 } from '@messlatte/bytes'

export const MAGIC = '!<arch>\n'
export const THIN = '!<thin>\n'
/** Bytes of the magic and of a member's header. */
const MAGIC_SIZE = 8
const HEADER = 60
/** Longest table of names and longest name behind a BSD header that are believed, in bytes. */
const MAX_TABLE = 4 * 1024 * 1024
const MAX_NAME = 4096
const SPACE = 0x20
const LINE_FEED = 0x0a

export interface ArMember {
  /** Byte string; undefined where a long name cannot be found. */
  readonly name: string | undefined
  /** Index of symbols or table of names: it belongs to the archive, and is no member of its own. */
  readonly isTable: boolean
  /** Seconds since 1970. */
  readonly mtime: number
  readonly uid: number
  readonly gid: number
  /** Unix mode. */
  readonly mode: number
  readonly at: number
  /** Bytes; 0 for the members of a thin archive. */
  readonly length: number
}

/** How an archive ended: it has no end of its own but that no header follows. */
export interface ArEnd {
  readonly end: number
  readonly why: 'end' | 'truncated' | 'structure'
}

interface ArHeader {
  readonly name: string
  readonly mtime: number
  readonly uid: number
  readonly gid: number
  readonly mode: number
  readonly size: number
}

/** Whether an archive begins at `at`; one without members has to be all there is. */
export function isAr(bytes: Bytes, at: number): boolean {
  if (at + MAGIC_SIZE > bytes.size) return false
  const magic = latin1(bytes.view(at, MAGIC_SIZE))
  if (magic !== MAGIC && magic !== THIN) return false
  return at + MAGIC_SIZE === bytes.size || parseHeader(bytes, at + MAGIC_SIZE) !== undefined
}

export function isThin(bytes: Bytes, at: number): boolean {
  return latin1(bytes.view(at, MAGIC_SIZE)) === THIN
}

/** The header at `at` (ar(5), <ar.h>): numbers in ASCII, decimal but for the mode, filled up with spaces. */
function parseHeader(bytes: Bytes, at: number): ArHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  // Only the size may not be empty; a grave accent and a line feed end the header.
  if (header[58] !== 0x60 || header[59] !== LINE_FEED || header[48] === SPACE) return undefined
  const mtime = numberIn(header, 16, 28, 10)
  const uid = numberIn(header, 28, 34, 10)
  const gid = numberIn(header, 34, 40, 10)
  const mode = numberIn(header, 40, 48, 8)
  const size = numberIn(header, 48, 58, 10)
  if (mtime === undefined || uid === undefined || gid === undefined) return undefined
  if (mode === undefined || size === undefined) return undefined
  const name = header.subarray(0, 16)
  if (name.includes(0) || name.includes(LINE_FEED)) return undefined
  return { name: latin1(name).trimEnd(), mtime, uid, gid, mode, size }
}

/** Digits, then spaces up to the end of the field; without a digit 0. Undefined for anything else. */
function numberIn(header: Uint8Array, from: number, end: number, base: 8 | 10): number | undefined {
  let at = from
  let value = 0
  for (; at < end; at++) {
    const digit = (header[at] as number) - 0x30
    if (digit < 0 || digit >= base) break
    value = value * base + digit
  }
  while (at < end && header[at] === SPACE) at++
  return at === end ? value : undefined
}

/** All members of one archive; the last one's content may run over the end of the bytes. */
export function* walkAr(bytes: Bytes, start: number): Generator<ArMember, ArEnd> {
  const thin = isThin(bytes, start)
  let longNames = ''
  for (let at = start + MAGIC_SIZE; ; ) {
    if (at >= bytes.size) return { end: bytes.size, why: 'end' }
    const header = parseHeader(bytes, at)
    if (!header) return endAt(bytes, at)
    const contentAt = at + HEADER
    if (header.name === '//' && contentAt + header.size <= bytes.size)
      longNames = latin1(bytes.view(contentAt, Math.min(header.size, MAX_TABLE)))
    const length = thin && !isTableName(header.name) ? 0 : header.size
    const found = named(bytes, header, contentAt, length, longNames)
    yield { ...header, ...found, isTable: isTableName(found.name ?? '') }
    if (contentAt + length > bytes.size) return { end: bytes.size, why: 'truncated' }
    at = behindPadding(bytes, contentAt, length)
  }
}

function isTableName(name: string): boolean {
  return name === '/' || name === '//' || name === '/SYM64/' || name.startsWith('__.SYMDEF')
}

/** Where the name is not in the header, it is in a table (System V, GNU) or before the content (BSD, macOS). */
function named(
  bytes: Bytes,
  header: ArHeader,
  at: number,
  length: number,
  longNames: string,
): Pick<ArMember, 'name' | 'at' | 'length'> {
  const bsd = header.name.startsWith('#') ? /^#1\/(\d{1,4})$/.exec(header.name) : undefined
  if (bsd) {
    const size = Number(bsd[1])
    const whole = size <= MAX_NAME && size <= length && at + size <= bytes.size
    if (!whole) return { name: undefined, at, length }
    return { name: cString(bytes.view(at, size)) || undefined, at: at + size, length: length - size }
  }
  const table = header.name.startsWith('/') ? /^\/(\d+)(?::\d+)?$/.exec(header.name) : undefined
  if (!table) return { name: header.name.replace(/(?<=.)\/$/, '') || undefined, at, length }
  const from = Number(table[1])
  // With its end, and a slash before that: all members may lead to one place that is long.
  const text = longNames.slice(from, from + MAX_NAME + 2)
  const name = text.slice(0, Math.max(0, text.indexOf('\n'))).replace(/\/$/, '')
  return { name: name.length > 0 && name.length <= MAX_NAME ? name : undefined, at, length }
}

/** Members begin at even offsets; the byte between is a line feed, and some writers leave it out at the very end. */
function behindPadding(bytes: Bytes, at: number, length: number): number {
  const end = at + length
  if (length % 2 === 0 || end >= bytes.size) return end
  const padding = bytes.view(end, 1)[0]
  return padding === 0x0a || padding === 0 ? end + 1 : end
}

/** Where no header stands: cut off within one, damaged, or simply the end. */
function endAt(bytes: Bytes, at: number): ArEnd {
  const left = bytes.size - at
  if (left < HEADER) {
    const isText = /^[ -~]{4,}/.test(latin1(bytes.view(at, left)))
    return isText ? { end: bytes.size, why: 'truncated' } : { end: at, why: 'end' }
  }
  const tail = latin1(bytes.view(at + 16, HEADER - 16))
  return { end: at, why: tail.endsWith('`\n') || /^[\d ]{42}/.test(tail) ? 'structure' : 'end' }
}
