import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { crcCcitt } from '../crc-ccitt.ts'
import type { Stored } from '../members.ts'

/** Where the boot loader and the system of nearly all devices are loaded to; the signatures in front differ. */
export const LOAD_ADDRESSES = ['\x80\x00\x40\x00', '\x80\x01\x00\x00', '\x83\xf8\x00\x00']
export const LOAD_ADDRESS_AT = 16
const HEADER = 92
/** What the CRC of the header covers. */
const FIELDS = 84
const MOST_CONTROL = 0xff
const NAME = /^[\x20-\x7e]*$/

/** Broadcom's header for its boot loader (OpenWrt firmware-utils, bcmalgo.h), big endian. */
export interface Programstore {
  /** Of the device. */
  readonly signature: number
  /** 0 plain, 1 LZRW1/KH, 2 mini-LZO, 4 NRV2D, 5 LZMA. */
  readonly packing: number
  readonly name: string
  readonly crc: number
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined: without its CRC it is none. */
export function parseProgramstore(bytes: Bytes, at: number): Programstore | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  const [signature, control] = [reader.u16(), reader.u16()]
  reader.skip(8)
  const [length] = [reader.u32(), reader.u32()]
  const name = cString(reader.take(64))
  const headerCrc = reader.u16()
  reader.skip(2)
  const crc = reader.u32()
  if (control > MOST_CONTROL || length === 0 || !NAME.test(name)) return undefined
  if ((crcCcitt(header.subarray(0, FIELDS), 0xffff) ^ 0xffff) !== headerCrc) return undefined
  const content = { at: at + HEADER, length }
  return { signature, packing: control & 7, name, crc, content, end: content.at + length }
}
