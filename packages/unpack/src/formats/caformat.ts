import { type Bytes, Reader } from '@messlatte/bytes'

/** Bytes of the size and the type in front of each record. */
export const RECORD = 16

/** Types of records, in hex: casync, src/caformat.h. */
export const RECORDS = {
  entry: '1396fabcea5bbb51',
  filename: '6dbb6ebcb3161f0b',
  xattr: 'b8157091f80bc486',
  fcaps: 'f7267db0afed0629',
  selinux: '46faf0602fd26c59',
  payload: '8b9e1d93d6dcffc9',
  symlink: '664a6fb6830e0d6c',
  device: 'ac3dace369dfe643',
  goodbye: 'dfd35c5e8327c403',
  index: '96824d9c7b129ff9',
  table: 'e75b9e112f17417d',
} as const

/** A type as it stands in a file. */
export function magicOf(type: string): string {
  return Buffer.from(type, 'hex').reverse().toString('latin1')
}

export interface CaRecord {
  /** With its header, in bytes; Infinity where it is beyond 2^53. */
  readonly size: number
  readonly type: string
}

/** The record at `at`, or undefined where none is; little endian. */
export function caRecordAt(bytes: Bytes, at: number): CaRecord | undefined {
  if (at + RECORD > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, RECORD), 'little')
  const size = reader.size64()
  return { size, type: Buffer.from(reader.take(8)).reverse().toString('hex') }
}
