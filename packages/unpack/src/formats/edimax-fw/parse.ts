import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** The maker's own; others that its tool can write are not searched for. */
export const MAGIC = 'eDiMaX'
const HEADER = 94
const FIELDS = { magic: 16, model: 32, version: 14, device: 16 } as const
const HEADER_SUM_AT = 49
const SUM_MASK = 0xb9

/** OpenWrt firmware-utils, edimax_fw_header.c: big endian. */
export interface EdimaxFw {
  readonly model: string
  readonly version: string
  /** Of the part of the flash that it goes to. */
  readonly device: string
  readonly sum: number
  readonly content: Stored
}

/** The image at `at`, or undefined: the header has a sum of its own. */
export function parseEdimaxFw(bytes: Bytes, at: number): EdimaxFw | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  if (cString(reader.take(FIELDS.magic)) !== MAGIC) return undefined
  const model = cString(reader.take(FIELDS.model))
  reader.skip(2)
  const [sum, length] = [reader.u8(), reader.u32()]
  reader.skip(8)
  const version = cString(reader.take(FIELDS.version))
  reader.skip(1)
  const device = cString(reader.take(FIELDS.device))
  const total = header.reduce((all, byte) => all + byte, 0) - (header[HEADER_SUM_AT] as number)
  if (length === 0 || masked(total) !== header[HEADER_SUM_AT]) return undefined
  if (![model, version, device].every((text) => /^[\x20-\x7e]*$/.test(text))) return undefined
  return { model, version, device, sum, content: { at: at + HEADER, length } }
}

/** Of a sum of bytes, as it is written. */
export function masked(sum: number): number {
  return (sum & 0xff) ^ SUM_MASK
}
