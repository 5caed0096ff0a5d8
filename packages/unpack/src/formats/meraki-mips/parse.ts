import { crc32 } from 'node:zlib'
import { type Bytes, consistsOf, type Endian, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGICS = ['MIPS', 'SPIM']
const HEADER = 32
const CRC_AT = 16
const FILLED_AT = 20
/** More than the flash of any such device holds. */
const MOST = 256 * 1024 * 1024
const WINDOW = 256 * 1024

/** OpenWrt firmware-utils, mkmerakifw-old.c, in the byte order of its mark. */
export interface MerakiMips {
  readonly endian: Endian
  readonly crc: number
  readonly content: Stored
  readonly end: number
}

/** The image at `at`, or undefined for what is none. */
export function parseMerakiMips(bytes: Bytes, at: number): MerakiMips | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const mark = latin1(header.subarray(0, 4))
  if (!MAGICS.includes(mark) || !consistsOf(header.subarray(FILLED_AT), 0)) return undefined
  const endian: Endian = mark === MAGICS[0] ? 'big' : 'little'
  const reader = new Reader(header, endian, 4)
  const [load, length, entry, crc] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  if (length === 0 || length > MOST || load === 0 || entry === 0) return undefined
  return { endian, crc, content: { at: at + HEADER, length }, end: at + HEADER + length }
}

/** Of the header without the CRC, and of the content, word by word from the lowest byte on, what fills up the last word is 0xff. @throws BytesError */
export function crcOfMeraki(bytes: Bytes, start: number, { endian, end }: MerakiMips): number {
  const whole = Buffer.from(bytes.view(start, HEADER))
  whole.fill(0, CRC_AT, CRC_AT + 4)
  let sum = crc32(inWords(whole, endian))
  forEachWindow(bytes, start + HEADER, end, WINDOW, 0, (window) => {
    sum = crc32(inWords(window, endian), sum)
    return true
  })
  return sum
}

function inWords(content: Uint8Array, endian: Endian): Uint8Array {
  const words = Buffer.alloc(Math.ceil(content.length / 4) * 4, 0xff)
  words.set(content)
  return endian === 'big' ? words.swap32() : words
}
