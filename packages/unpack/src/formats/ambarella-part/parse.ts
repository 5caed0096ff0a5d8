import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\x90\xeb\x24\xa3'
export const MAGIC_AT = 24
const HEADER = 256
const USED = 32
const MOST_CONTENT = 1024 * 1024 * 1024

/** Header of a partition of Ambarella's firmware, little endian (dji-firmware-tools, amba_fwpak.py). */
export interface AmbarellaPart {
  /** CRC-32 of the content. */
  readonly crc: number
  readonly version: string
  /** Day of the build. */
  readonly date: string
  readonly content: Stored
}

/** The header at `at`, or undefined: it needs a day that there is, and nothing behind its fields. */
export function parsePart(bytes: Bytes, at: number): AmbarellaPart | undefined {
  if (at + HEADER > bytes.size) return undefined
  const view = bytes.view(at, HEADER)
  if (latin1(view.subarray(MAGIC_AT, MAGIC_AT + 4)) !== MAGIC) return undefined
  const reader = new Reader(view, 'little')
  const [crc, minor, major] = [reader.u32(), reader.u16(), reader.u16()]
  const [day, month, year, length] = [reader.u8(), reader.u8(), reader.u16(), reader.u32()]
  if (year < 1990 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return undefined
  if (length === 0 || length > MOST_CONTENT || !view.subarray(USED).every((byte) => byte === 0))
    return undefined
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    crc,
    version: `${major}.${minor}`,
    date: `${year}-${two(month)}-${two(day)}`,
    content: { at: at + HEADER, length },
  }
}
