import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { parseTrxHeader, MAGIC as TRX } from '../trx/parse.ts'

/** The models' numbers, with the mark of the TRX behind them. */
const MODELS: ReadonlyMap<number, string> = new Map([
  [0x10577050, 'WR850G'],
  [0x10577040, 'WA840G'],
  [0x10577000, 'WE800G'],
])
export const MAGICS = ['\x10Wp\x50', '\x10Wp\x40', '\x10Wp\x00'].map((model) => model + TRX)
export const MAGIC_AT = 4
const HEADER = 8

/** OpenWrt firmware-utils, motorola-bin.c: big endian. */
export interface MotorolaTrx {
  readonly model: string
  readonly crc: number
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined without a TRX header behind it. */
export function parseMotorolaTrx(bytes: Bytes, at: number): MotorolaTrx | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  const [crc, number] = [reader.u32(), reader.u32()]
  const model = MODELS.get(number)
  const trx = parseTrxHeader(bytes, at + HEADER)
  if (model === undefined || !trx) return undefined
  return { model, crc, content: { at: at + HEADER, length: trx.length }, end: at + HEADER + trx.length }
}
