import type { Bytes } from '@messlatte/bytes'
import { hexBytes, linesOf, Runs } from '../stretches.ts'

const COLON = 58
/** Length, address (2), type, checksum: bytes of a record without its data. */
const FRAME = 5
const DATA = 0
const END = 1
const SEGMENT = 2
const START_SEGMENT = 3
const LINEAR = 4
const START_LINEAR = 5

export interface HexRecord {
  readonly type: number
  /** 16 bits. */
  readonly offset: number
  readonly data: Uint8Array
  readonly checksumMatches: boolean
}

/** One line; undefined for what is no record. Source: Intel, Hexadecimal Object File Format Specification (1988). */
export function parseHexRecord(line: Uint8Array): HexRecord | undefined {
  if (line[0] !== COLON) return undefined
  const bytes = hexBytes(line, 1)
  if (!bytes || bytes.length < FRAME || bytes.length !== FRAME + (bytes[0] as number)) return undefined
  const type = bytes[3] as number
  if (type > START_LINEAR) return undefined
  const data = bytes.subarray(4, -1)
  const isAddress = type === SEGMENT || type === LINEAR
  if ((isAddress && data.length !== 2) || (type === END && data.length > 0)) return undefined
  let sum = 0
  for (const byte of bytes) sum += byte
  return {
    type,
    offset: (bytes[1] as number) * 256 + (bytes[2] as number),
    data,
    checksumMatches: sum % 256 === 0,
  }
}

export interface HexFile {
  readonly runs: Runs
  /** Where a debugger is to begin; segment and offset are added up. */
  readonly startAddress: number | undefined
  /** Lines whose checksum differs, and lines that are no records. */
  readonly damaged: number
  readonly malformed: number
  /** True where the record stands that ends the file. */
  readonly ended: boolean
  /** Behind the last record. */
  readonly end: number
}

/** Lines that have to be records with a checksum that matches, before anything counts. */
const FIRST = 4

/** The records from `start` on; undefined for what is none. */
export function readHexFile(bytes: Bytes, start: number, limit: number): HexFile | undefined {
  const runs = new Runs()
  let [base, damaged, malformed, count, end] = [0, 0, 0, 0, start]
  let startAddress: number | undefined
  let ended = false
  for (const { view, at, next } of linesOf(bytes, start, limit)) {
    if (view[0] !== COLON) break
    const record = parseHexRecord(view)
    if (count++ < FIRST && !record?.checksumMatches && next < limit) return undefined
    end = next
    if (!record) {
      malformed++
      continue
    }
    if (!record.checksumMatches) damaged++
    const { type, offset, data } = record
    if (type === DATA) runs.add({ address: base + offset, length: data.length, from: at, to: next })
    else if (type === SEGMENT) base = numberOf(data) * 16
    else if (type === LINEAR) base = numberOf(data) * 0x1_0000
    else if (type === START_SEGMENT && data.length === 4)
      startAddress = numberOf(data.subarray(0, 2)) * 16 + numberOf(data.subarray(2))
    else if (type === START_LINEAR) startAddress = numberOf(data)
    else if (type === END) {
      ended = true
      break
    }
  }
  if (runs.runs.length === 0 || count === malformed) return undefined
  return { runs, startAddress, damaged, malformed, ended, end }
}

function numberOf(data: Uint8Array): number {
  let value = 0
  for (const byte of data) value = value * 256 + byte
  return value
}

/** The data of records, in the order of the file. */
export function* dataOf(bytes: Bytes, from: number, to: number): Generator<Uint8Array> {
  for (const { view } of linesOf(bytes, from, to)) {
    const record = parseHexRecord(view)
    if (record?.type === DATA) yield record.data
  }
}
