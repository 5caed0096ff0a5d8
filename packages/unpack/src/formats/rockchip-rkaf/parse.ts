import { type Bytes, cString, forEachWindow, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'RKAF'
export const HEADER = 2048
const PARTS_AT = 140
const PART = 112
const MOST_PARTS = 16
/** The tool puts a header in front of the parameters and a checksum behind them, in bytes. */
export const PARAMETER = { before: 8, behind: 4 } as const

export interface RkafPart extends Stored {
  readonly name: string
  /** Of the file that it was made of; byte string. */
  readonly file: string
}

/** Rockchip's update image, little endian (rockchip-mkbootimg, rkafp.h). */
export interface Rkaf {
  readonly model: string
  readonly manufacturer: string
  readonly parts: readonly RkafPart[]
  /** Behind the last part; the checksum stands there. */
  readonly end: number
}

/** The image at `at`, or undefined: all of its parts have to lie within it. */
export function parseRkaf(bytes: Bytes, at: number): Rkaf | undefined {
  if (at + HEADER > bytes.size) return undefined
  const view = bytes.view(at, HEADER)
  const reader = new Reader(view, 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  const length = reader.u32()
  const model = cString(reader.take(0x22))
  reader.skip(0x1e)
  const manufacturer = cString(reader.take(0x38))
  reader.skip(8)
  const count = reader.u32()
  if (length < HEADER || count === 0 || count > MOST_PARTS) return undefined
  const parts: RkafPart[] = []
  for (let index = 0; index < count; index++) {
    const part = new Reader(view, 'little', PARTS_AT + index * PART)
    const [name, file] = [cString(part.take(32)), cString(part.take(60))]
    part.skip(4)
    const from = part.u32()
    part.skip(8)
    const size = part.u32()
    if (!/^[\x20-\x7e]+$/.test(name) || !/^[\x20-\x7e]+$/.test(file) || from + size > length) return undefined
    parts.push({ name, file, at: at + from, length: size })
  }
  return { model, manufacturer, parts, end: at + length }
}

const POLYNOMIAL = 0x04c10db7
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1
  return value >>> 0
})
const WINDOW = 256 * 1024

/** Rockchip's CRC-32: most significant bit first, and a polynomial of its own. @throws BytesError */
export function rockchipCrc(bytes: Bytes, at: number, length: number): number {
  let sum = 0
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    for (const byte of window) sum = (sum << 8) ^ (TABLE[(sum >>> 24) ^ byte] as number)
    return true
  })
  return sum >>> 0
}
