import { Reader } from '@messlatte/bytes'
import { dosSeconds } from '../dos-time.ts'

export const ENTRY = 32
const KIND = { end: 0, file: 0x85, stream: 0xc0, name: 0xc1 } as const
const ATTRIBUTE = { directory: 0x10 } as const
/** UTF-16 units of a name in one entry. */
const NAME_UNITS = 15
const CONTIGUOUS = 0x02
/** Says that an offset from UTC is told, in quarters of an hour. */
const HAS_OFFSET = 0x80
const QUARTER = 900

/** Where a content lies. */
export interface ExfatContent {
  readonly cluster: number
  /** Bytes. */
  readonly size: number
  /** Bytes of it that were written; the rest is zeros. */
  readonly valid: number
  /** Its clusters lie one behind the other, and the table does not tell them. */
  readonly contiguous: boolean
}

export interface ExfatRecord extends ExfatContent {
  /** Byte string, UTF-8. */
  readonly name: string
  readonly isDirectory: boolean
  /** Seconds since 1970; undefined where no date is told. */
  readonly mtime: number | undefined
  /** Whether the checksum over its entries holds. */
  readonly whole: boolean
}

/**
 * The record that begins at an entry: it consists of several, of which the first says how many follow. `length` is what it
 * takes, in bytes; `end` is behind the last one. exFAT specification, sections 6 and 7.
 */
export function recordAt(
  view: Uint8Array,
  at: number,
): { readonly length: number; readonly record?: ExfatRecord } | 'end' {
  const kind = view[at]
  if (kind === KIND.end) return 'end'
  const length = ENTRY * (1 + (view[at + 1] as number))
  // What is deleted, tables and labels are of one entry each, or are passed over one by one.
  if (kind !== KIND.file || length < 3 * ENTRY || at + length > view.length) return { length: ENTRY }
  const set = view.subarray(at, at + length)
  if (set[ENTRY] !== KIND.stream) return { length: ENTRY }
  const file = new Reader(set, 'little', 2)
  const [sum, attributes] = [file.u16(), file.u16()]
  file.at = 12
  const modified = file.u32()
  const stream = new Reader(set, 'little', ENTRY + 1)
  const flags = stream.u8()
  stream.skip(1)
  const units = stream.u8()
  stream.skip(4)
  const valid = stream.size64()
  stream.skip(4)
  const [cluster, size] = [stream.u32(), stream.size64()]
  const record: ExfatRecord = {
    name: nameOf(set, units),
    isDirectory: (attributes & ATTRIBUTE.directory) !== 0,
    mtime: secondsOf(modified, set[21] as number, set[23] as number),
    cluster,
    size,
    valid: Math.min(valid, size),
    contiguous: (flags & CONTIGUOUS) !== 0,
    whole: sum === sumOfSet(set),
  }
  return { length, record }
}

function nameOf(set: Uint8Array, units: number): string {
  const parts: Uint8Array[] = []
  for (let at = 2 * ENTRY; at < set.length && set[at] === KIND.name; at += ENTRY)
    parts.push(set.subarray(at + 2, at + 2 + 2 * NAME_UNITS))
  const name = Buffer.concat(parts)
    .subarray(0, 2 * units)
    .toString('utf16le')
  return Buffer.from(name).toString('latin1')
}

/** With hundredths of a second, up to two of them, and where the clock stood. */
function secondsOf(stamp: number, hundredths: number, offset: number): number | undefined {
  const local = dosSeconds(stamp)
  if (local === undefined) return undefined
  const quarters = (offset & HAS_OFFSET) === 0 ? 0 : ((offset & 0x7f) << 25) >> 25
  return local + Math.floor(hundredths / 100) - quarters * QUARTER
}

/** Over all entries but for the sum itself. Section 6.3.3. */
function sumOfSet(set: Uint8Array): number {
  let sum = 0
  for (const [index, byte] of set.entries())
    if (index !== 2 && index !== 3) sum = (((sum << 15) | (sum >>> 1)) + byte) & 0xffff
  return sum
}
