import { crc32 } from 'node:zlib'
import { type Bytes, cString, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGICS = ['HDR1', 'HDR2']

/** Bytes: of the headers, of the header before each section, and of the one before the signature. */
const HDR1 = 48
const HDR2 = 80
const SECTION = 48
const SIGNATURE = 16
const MOST_SECTIONS = 8
const SECTION_MAGIC = 0xbabe
/** Bytes that are kept for a signature, also where there is none. */
const SIGNATURE_ROOM = 256
const MOST_SIGNATURE = 4096
/** Where the bytes begin that the CRC covers. */
const CRC_FROM = 12

export interface XiaomiSection extends Stored {
  /** Byte string, as stored. */
  readonly name: string
  /** 1 boot loader, 4 and 7 uImage, 6 second system. */
  readonly kind: number
  /** Where it goes to in flash; all ones where nothing is told. */
  readonly flashOffset: number
}

/** Xiaomi's update image, HDR1 (OpenWrt, xiaomifw.c) or HDR2 (unblob, hdr.py), little endian. */
export interface XiaomiImage {
  readonly crc: number
  /** A number in HDR1, texts such as `RA70` and `EU` in HDR2. */
  readonly device: number | string
  readonly region: string | undefined
  readonly sections: readonly XiaomiSection[]
  /** RSA; empty where the image is not signed. */
  readonly signature: Stored
  readonly end: number
}

/** The image at `at`, or undefined for what is none. Sections that are cut off are not listed. */
export function parseXiaomi(bytes: Bytes, at: number): XiaomiImage | undefined {
  if (at + HDR1 > bytes.size) return undefined
  const second = latin1(bytes.view(at, 4)) === 'HDR2'
  const header = second ? HDR2 : HDR1
  if (at + header > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, header), 'little', 4)
  const [signatureAt, crc] = [reader.u32(), reader.u32()]
  const identity = second ? textsOf(reader) : numberOf(reader)
  const offsets = Array.from({ length: MOST_SECTIONS }, () => reader.u32())
  if (offsets[0] !== header || signatureAt <= header + SECTION) return undefined
  const sections: XiaomiSection[] = []
  for (const offset of offsets.slice(0, offsets.indexOf(0) < 0 ? MOST_SECTIONS : offsets.indexOf(0))) {
    if (offset < header || offset + SECTION > signatureAt) return undefined
    if (at + offset + SECTION > bytes.size) break
    const section = parseSection(bytes, at + offset)
    if (!section || section.at + section.length > at + signatureAt) return undefined
    sections.push(section)
  }
  const length = signatureLength(bytes, at + signatureAt)
  if (sections.length === 0 || length === undefined) return undefined
  const signature = { at: at + signatureAt + SIGNATURE, length }
  return { crc, ...identity, sections, signature, end: signature.at + Math.max(length, SIGNATURE_ROOM) }
}

function numberOf(reader: Reader): Pick<XiaomiImage, 'device' | 'region'> {
  reader.skip(2)
  return { device: reader.u16(), region: undefined }
}

function textsOf(reader: Reader): Pick<XiaomiImage, 'device' | 'region'> {
  reader.skip(4)
  const texts = { device: cString(reader.take(8)), region: cString(reader.take(8)) }
  reader.skip(16)
  return texts
}

function parseSection(bytes: Bytes, at: number): XiaomiSection | undefined {
  const reader = new Reader(bytes.view(at, SECTION), 'little')
  if (reader.u32() !== SECTION_MAGIC) return undefined
  const [flashOffset, length, kind] = [reader.u32(), reader.u32(), reader.u16()]
  reader.skip(2)
  const name = cString(reader.take(32))
  return name === '' || length === 0 ? undefined : { name, kind, flashOffset, at: at + SECTION, length }
}

/** Bytes; what is cut off has the usual length. Undefined where it cannot be one. */
function signatureLength(bytes: Bytes, at: number): number | undefined {
  if (at + 4 > bytes.size) return SIGNATURE_ROOM
  const length = new Reader(bytes.view(at, 4), 'little').u32()
  return length <= MOST_SIGNATURE ? length : undefined
}

/** Whether the CRC-32, without its final inversion, holds. @throws BytesError */
export function xiaomiCrcHolds(bytes: Bytes, at: number, { crc, end }: XiaomiImage): boolean {
  let sum = 0
  forEachWindow(bytes, at + CRC_FROM, end, 256 * 1024, 0, (window) => {
    sum = crc32(window, sum)
    return true
  })
  return ~sum >>> 0 === crc
}
