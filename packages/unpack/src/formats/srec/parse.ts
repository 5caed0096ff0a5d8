import type { Bytes } from '@messlatte/bytes'
import { hexBytes, linesOf, Runs } from '../stretches.ts'

const LETTER = 83
const ZERO = 48
/** Bytes of the address, by the digit behind the S; 4 is reserved. */
const ADDRESS_BYTES = [2, 2, 3, 4, undefined, 2, 3, 4, 3, 2]

export interface SRecord {
  /** The digit: 0 header, 1 to 3 data, 5 and 6 count, 7 to 9 end. */
  readonly type: number
  readonly address: number
  readonly data: Uint8Array
  readonly checksumMatches: boolean
}

/** One line; undefined for what is no record. Source: srec(5) of binutils and of srecord, "Motorola S-record". */
export function parseSRecord(line: Uint8Array): SRecord | undefined {
  const type = (line[1] ?? 0) - ZERO
  const addressBytes = ADDRESS_BYTES[type]
  if (line[0] !== LETTER || addressBytes === undefined) return undefined
  const bytes = hexBytes(line, 2)
  if (!bytes || bytes.length !== (bytes[0] ?? 0) + 1 || bytes.length < addressBytes + 2) return undefined
  let [sum, address] = [0, 0]
  for (const byte of bytes) sum += byte
  for (const byte of bytes.subarray(1, 1 + addressBytes)) address = address * 256 + byte
  return { type, address, data: bytes.subarray(1 + addressBytes, -1), checksumMatches: sum % 256 === 255 }
}

export interface SRecordFile {
  readonly runs: Runs
  /** What the first record says of the file, mostly a name. */
  readonly header: Uint8Array | undefined
  /** Lines whose checksum differs, and lines that are no records. */
  readonly damaged: number
  readonly malformed: number
  /** False where a record counts the data records otherwise. */
  readonly countMatches: boolean
  /** True where the record stands that ends the file, or a count that matches. */
  readonly ended: boolean
  /** Behind the last record. */
  readonly end: number
}

/** Lines that have to be records with a checksum that matches, before anything counts. */
const FIRST = 4

/** The records from `start` on; undefined for what is none. */
export function readSRecordFile(bytes: Bytes, start: number, limit: number): SRecordFile | undefined {
  const runs = new Runs()
  let [damaged, malformed, count, dataCount, end] = [0, 0, 0, 0, start]
  let header: Uint8Array | undefined
  let [ended, countMatches] = [false, true]
  for (const { view, at, next } of linesOf(bytes, start, limit)) {
    if (view[0] !== LETTER) break
    const record = parseSRecord(view)
    if (count++ < FIRST && !record?.checksumMatches && next < limit) return undefined
    end = next
    if (!record) {
      malformed++
      continue
    }
    if (!record.checksumMatches) damaged++
    const { type, address, data } = record
    if (type === 0) header = data
    else if (type <= 3) {
      dataCount++
      ended = false
      runs.add({ address, length: data.length, from: at, to: next })
    } else if (type <= 6) {
      // Some tools end a file with the count, when they know no address to start at.
      countMatches &&= address === dataCount
      ended = countMatches
    } else {
      ended = true
      break
    }
  }
  if (runs.runs.length === 0 || count === malformed) return undefined
  return { runs, header, damaged, malformed, countMatches, ended, end }
}

/** The data of records, in the order of the file. */
export function* dataOf(bytes: Bytes, from: number, to: number): Generator<Uint8Array> {
  for (const { view } of linesOf(bytes, from, to)) {
    const record = parseSRecord(view)
    if (record && record.type >= 1 && record.type <= 3) yield record.data
  }
}
