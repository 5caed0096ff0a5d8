import { type Bytes, forEachWindow, type LzmaProperties, propertiesOf, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\x81\x12\xed\xfe'

/** Bytes before the compressed data, and behind it: a checksum and the entry point. */
const HEADER = 36
const FOOTER = 12
/** Of the record's length: what is no compressed data. */
const RECORD_FIXED = 24
/** LZMA; the only kind that is described. */
const LZMA = 0x075a_0201

/** Record of an AVM kernel image for the boot loader EVA (OpenWrt, lzma2eva.c), little endian. */
export interface EvaRecord {
  readonly loadAddress: number
  /** Undefined where the end of the image is cut off. */
  readonly entryPoint: number | undefined
  /** Decompressed bytes; Infinity where only the end mark tells. */
  readonly size: number
  readonly properties: LzmaProperties
  /** Bytes. */
  readonly dictionary: number
  readonly dataCrc: number
  readonly data: Stored
  readonly end: number
}

/** The record at `at`, or undefined for what is none. @throws DecodeError for impossible LZMA properties */
export function parseEvaRecord(bytes: Bytes, at: number): EvaRecord | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  const [record, loadAddress, kind] = [reader.u32(), reader.u32(), reader.u32()]
  const [length, size, dataCrc] = [reader.u32(), reader.u32(), reader.u32()]
  if (kind !== LZMA || length === 0 || record !== length + RECORD_FIXED || size === 0) return undefined
  const properties = propertiesOf(reader.u8())
  const dictionary = reader.u32()
  if (reader.latin1(3) !== '\0\0\0') return undefined
  const end = at + HEADER + length + FOOTER
  const footer = end <= bytes.size ? new Reader(bytes.view(end - FOOTER, FOOTER), 'little', 8) : undefined
  return {
    loadAddress,
    entryPoint: footer?.u32(),
    size: size === 0xffff_ffff ? Number.POSITIVE_INFINITY : size,
    properties,
    dictionary,
    dataCrc,
    data: { at: at + HEADER, length },
    end,
  }
}

/** Whether the checksum holds: length, load address and all bytes of the record, with it, are 0. @throws BytesError */
export function evaSumHolds(bytes: Bytes, at: number, { data }: EvaRecord): boolean {
  const header = new Reader(bytes.view(at, HEADER), 'little', 4)
  const dataEnd = data.at + data.length
  let sum = header.u32() + header.u32()
  forEachWindow(bytes, at + 12, dataEnd, 256 * 1024, 0, (window) => {
    for (const byte of window) sum += byte
    return true
  })
  return ((sum + new Reader(bytes.view(dataEnd, 4), 'little').u32()) & 0xffff_ffff) === 0
}
