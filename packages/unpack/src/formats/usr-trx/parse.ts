import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { MAGIC as TRX } from '../trx/parse.ts'

export const MAGIC = 'USR0'
const HEADER = 28

/** OpenWrt firmware-utils, trx2usr.c: little endian. */
export interface UsrTrx {
  readonly crc: number
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined without a TRX image behind it. */
export function parseUsrTrx(bytes: Bytes, at: number): UsrTrx | undefined {
  if (at + HEADER + TRX.length > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER + TRX.length), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [length, crc] = [reader.u32(), reader.u32()]
  if (length < TRX.length || latin1(reader.bytes.subarray(HEADER)) !== TRX) return undefined
  return { crc, content: { at: at + HEADER, length }, end: at + HEADER + length }
}
