import { latin1 } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

/** What extended headers (POSIX.1-2001 pax) say about the next member, or about all that follow. */
export interface PaxRecords {
  readonly values: ReadonlyMap<string, string>
  /** Values of GNU.sparse.offset and GNU.sparse.numbytes in their order, which repeat. */
  readonly sparse: readonly number[]
}

export const NO_RECORDS: PaxRecords = { values: new Map(), sparse: [] }

/** @param content `length key=value\n` repeated @throws FormatError `structure` */
export function parsePax(content: Uint8Array): PaxRecords {
  const values = new Map<string, string>()
  const sparse: number[] = []
  const text = latin1(content)
  for (let at = 0; at < text.length && text[at] !== '\0'; ) {
    const space = text.indexOf(' ', at)
    const digits = space < 0 || space > at + 10 ? '' : text.slice(at, space)
    const length = /^[1-9][0-9]*$/.test(digits) ? Number(digits) : 0
    const record = text.slice(at, at + length)
    const equals = record.indexOf('=', digits.length)
    if (length <= digits.length + 2 || record.length < length || !record.endsWith('\n') || equals < 0) {
      throw new FormatError('structure', 'an extended header is damaged')
    }
    const key = record.slice(digits.length + 1, equals)
    const value = record.slice(equals + 1, -1)
    if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') sparse.push(decimal(value))
    else values.set(key, value)
    at += length
  }
  return { values, sparse }
}

/** Local records stand over global ones; an empty value takes a global one away. */
export function mergePax(global: PaxRecords, local: PaxRecords): PaxRecords {
  if (global.values.size === 0) return local
  return { values: new Map([...global.values, ...local.values]), sparse: local.sparse }
}

/** A size or position in decimal digits. @throws FormatError `structure` */
export function decimal(text: string): number {
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(value))
    throw new FormatError('structure', 'an extended header has a number that is none')
  return value
}

const XATTR = 'SCHILY.xattr.'

/** Extended attributes, their values as hex. */
export function xattrsOf({ values }: PaxRecords): Readonly<Record<string, string>> | undefined {
  const found = [...values]
    .filter(([key]) => key.startsWith(XATTR))
    .map(([key, value]) => [key.slice(XATTR.length), Buffer.from(value, 'latin1').toString('hex')] as const)
  return found.length > 0 ? Object.fromEntries(found) : undefined
}
