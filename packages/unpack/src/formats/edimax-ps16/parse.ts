import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { parseTrxHeader } from '../trx/parse.ts'

export const MAGIC = 'PS16'
const HEADER = 12

/** OpenWrt firmware-utils, trx2edips.c: little endian. */
export interface EdimaxPs16 {
  readonly crc: number
  /** The TRX image. */
  readonly image: Stored
  readonly parts: readonly Stored[]
  readonly end: number
}

/** The image at `at`, or undefined without a TRX header behind its own. */
export function parseEdimaxPs16(bytes: Bytes, at: number): EdimaxPs16 | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const length = reader.u32()
  const trx = parseTrxHeader(bytes, at + HEADER)
  if (!trx || trx.length !== length) return undefined
  const starts = trx.offsets.map((offset, index) => (index === LAST ? offset - HEADER : offset))
  const image = { at: at + HEADER, length }
  const parts = starts.map((from, index) => ({
    at: image.at + from,
    length: (starts[index + 1] ?? length) - from,
  }))
  if (parts.some((part) => part.length <= 0)) return undefined
  return { crc: trx.crc, image, parts, end: image.at + length }
}

const LAST = 2
