import { type Bytes, latin1 } from '@messlatte/bytes'
import { hexByteAt, hexBytes, linesOf, Runs } from '../stretches.ts'

const SLASH = 47
const PERCENT = 37

export type TekRecord =
  | { readonly kind: 'data'; readonly address: number; readonly data: Uint8Array; readonly sound: boolean }
  | { readonly kind: 'symbols' | 'end'; readonly sound: boolean }

/** A line of either form; undefined for what is no record. `sound` says that its checksums match. */
export function parseTekRecord(line: Uint8Array): TekRecord | undefined {
  if (line[0] === SLASH) return parsePlain(line)
  return line[0] === PERCENT ? parseExtended(line) : undefined
}

/**
 * `/`, address (16 bits), count of bytes, the sum of those six digits; then the data and the sum of its digits. A count of 0
 * ends the file. Source: srec_tektronix(5).
 */
function parsePlain(line: Uint8Array): TekRecord | undefined {
  const bytes = hexBytes(line, 1)
  if (!bytes || bytes.length < 4) return undefined
  const [high, low, count, sum] = bytes as unknown as readonly [number, number, number, number]
  const headSound = digitSum(bytes.subarray(0, 3)) === sum
  if (count === 0) return bytes.length === 4 ? { kind: 'end', sound: headSound } : undefined
  if (bytes.length !== count + 5) return undefined
  const data = bytes.subarray(4, -1)
  return {
    kind: 'data',
    address: high * 256 + low,
    data,
    sound: headSound && digitSum(data) === bytes.at(-1),
  }
}

function digitSum(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) sum += (byte >> 4) + (byte & 15)
  return sum & 0xff
}

const TYPE_AT = 3
const SUM_AT = 4
const ADDRESS_AT = 6
/** Digits of the largest address that counts exactly. */
const MOST_DIGITS = 13

/**
 * `%`, count of all other characters, type, the sum of the values of all characters but its own; then, for data and end, the
 * count of digits of an address, the address, and data. Source: srec_tektronix_extended(5); bfd/tekhex.c.
 */
function parseExtended(line: Uint8Array): TekRecord | undefined {
  const sum = hexByteAt(line, SUM_AT)
  if (hexByteAt(line, 1) !== line.length - 1 || sum === undefined) return undefined
  const sound = valueSum(line) === sum
  switch (line[TYPE_AT]) {
    case 0x33:
      return line.length > ADDRESS_AT ? { kind: 'symbols', sound } : undefined
    case 0x36: {
      const place = addressOf(line)
      const data = place && hexBytes(line, place.next)
      return data && { kind: 'data', address: place.address, data, sound }
    }
    case 0x38:
      return addressOf(line)?.next === line.length ? { kind: 'end', sound } : undefined
    default:
      return undefined
  }
}

/** A digit that counts the digits behind it (0 for 16), and those. */
function addressOf(line: Uint8Array): { readonly address: number; readonly next: number } | undefined {
  const count = Number.parseInt(latin1(line.subarray(ADDRESS_AT, ADDRESS_AT + 1)), 16) || 16
  const next = ADDRESS_AT + 1 + count
  const digits = latin1(line.subarray(ADDRESS_AT + 1, next))
  if (next > line.length || !/^[0-9A-Fa-f]+$/.test(digits)) return undefined
  const significant = digits.replace(/^0+/, '')
  return significant.length > MOST_DIGITS
    ? undefined
    : { address: Number.parseInt(significant || '0', 16), next }
}

/** Values of characters: digits and capitals as in base 36, `$%._` 36 to 39, small letters from 40 on. */
const VALUES: ReadonlyMap<number, number> = new Map(
  [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%._abcdefghijklmnopqrstuvwxyz'].map((letter, value) => [
    letter.charCodeAt(0),
    value,
  ]),
)

function valueSum(line: Uint8Array): number {
  let sum = 0
  for (let at = 1; at < line.length; at++) {
    if (at !== SUM_AT && at !== SUM_AT + 1) sum += VALUES.get(line[at] as number) ?? 0
  }
  return sum & 0xff
}

export interface TekFile {
  readonly runs: Runs
  /** Lines whose checksums differ, and lines that are no records. */
  readonly damaged: number
  readonly malformed: number
  /** True where the record stands that ends the file. */
  readonly ended: boolean
  /** True where the last line is a record with the end of a line behind it. */
  readonly wholeLines: boolean
  /** Behind the last record. */
  readonly end: number
}

/** Lines that have to be records with checksums that match, before anything counts. */
const FIRST = 4

/** The records from `start` on, all of the form of the first; undefined for what is none. */
export function readTekFile(bytes: Bytes, start: number, limit: number): TekFile | undefined {
  const runs = new Runs()
  let [damaged, malformed, count, end] = [0, 0, 0, start]
  let mark: number | undefined
  let [ended, wholeLines] = [false, false]
  for (const { view, at, next } of linesOf(bytes, start, limit)) {
    mark ??= view[0]
    if (view[0] !== mark) break
    const record = parseTekRecord(view)
    if (count++ < FIRST && !record?.sound && next < limit) return undefined
    end = next
    wholeLines = record !== undefined && next > at + view.length
    if (!record) {
      malformed++
      continue
    }
    if (!record.sound) damaged++
    if (record.kind === 'data')
      runs.add({ address: record.address, length: record.data.length, from: at, to: next })
    else if (record.kind === 'end') {
      ended = true
      break
    }
  }
  if (runs.runs.length === 0 || count === malformed) return undefined
  return { runs, damaged, malformed, ended, wholeLines, end }
}

/** The data of records, in the order of the file. */
export function* dataOf(bytes: Bytes, from: number, to: number): Generator<Uint8Array> {
  for (const { view } of linesOf(bytes, from, to)) {
    const record = parseTekRecord(view)
    if (record?.kind === 'data') yield record.data
  }
}
