import { crc32 } from 'node:zlib'
import { DecodeError } from '../stream-end.ts'

// The .xz file format, version 1.2.1: headers. All numbers are little endian.

export type CheckKind = 'none' | 'crc32' | 'crc64' | 'sha256' | 'unknown'

export interface StreamFlags {
  readonly check: CheckKind
  /** Bytes. */
  readonly checkSize: number
}

export interface Filter {
  readonly id: number
  readonly properties: Uint8Array
}

export interface BlockHeader {
  /** Bytes, all of it. */
  readonly size: number
  readonly uncompressedSize: number | undefined
  /** In the order in which an encoder applies them; the last is LZMA2. */
  readonly filters: readonly Filter[]
}

export const STREAM_HEADER = 12
const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
const FOOTER_MAGIC = [0x59, 0x5a]
const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]

function dataOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function damaged(message: string): DecodeError {
  return new DecodeError('corrupt', `xz: ${message}`)
}

export function isStreamHeader(bytes: Uint8Array): boolean {
  return bytes.length >= STREAM_HEADER && MAGIC.every((byte, index) => bytes[index] === byte)
}

/** @param bytes STREAM_HEADER bytes @throws DecodeError */
export function readStreamHeader(bytes: Uint8Array): StreamFlags {
  if (!isStreamHeader(bytes)) throw damaged('no stream header')
  if (crc32(bytes.subarray(6, 8)) !== dataOf(bytes).getUint32(8, true))
    throw damaged('the stream header is damaged')
  return readFlags(bytes[6] as number, bytes[7] as number)
}

function readFlags(first: number, second: number): StreamFlags {
  if (first !== 0 || second > 15) throw new DecodeError('unsupported', 'xz: unknown stream flags')
  return { check: checkKind(second), checkSize: CHECK_SIZES[second] as number }
}

function checkKind(id: number): CheckKind {
  switch (id) {
    case 0:
      return 'none'
    case 1:
      return 'crc32'
    case 4:
      return 'crc64'
    case 10:
      return 'sha256'
    default:
      return 'unknown'
  }
}

/** Size of the block header that starts with this byte, in bytes; the byte 0 starts an index instead. */
export function blockHeaderSize(first: number): number {
  return (first + 1) * 4
}

/** @param bytes the whole header @throws DecodeError */
export function readBlockHeader(bytes: Uint8Array): BlockHeader {
  const end = bytes.length - 4
  if (crc32(bytes.subarray(0, end)) !== dataOf(bytes).getUint32(end, true))
    throw damaged('a block header is damaged')
  const flags = bytes[1] as number
  if (flags & 0x3c) throw new DecodeError('unsupported', 'xz: unknown block flags')
  const reader = { bytes: bytes.subarray(0, end), at: 2 }
  if (flags & 0x40) readNumber(reader)
  const uncompressedSize = flags & 0x80 ? readNumber(reader) : undefined
  const filters: Filter[] = []
  for (let i = 0; i <= (flags & 3); i++) {
    const id = readNumber(reader)
    const length = readNumber(reader)
    if (reader.at + length > end) throw damaged('a filter runs over its header')
    filters.push({ id, properties: reader.bytes.subarray(reader.at, reader.at + length) })
    reader.at += length
  }
  return { size: bytes.length, uncompressedSize, filters }
}

/** A number in 7-bit groups, at most nine of them. */
export function readNumber(reader: { readonly bytes: Uint8Array; at: number }): number {
  let value = 0
  for (let i = 0; i < 9; i++) {
    const byte = reader.bytes[reader.at]
    if (byte === undefined) throw new DecodeError('truncated', 'xz: a number is cut off')
    reader.at++
    value += (byte & 0x7f) * 2 ** (7 * i)
    if ((byte & 0x80) === 0) return value
  }
  throw damaged('a number is too long')
}

/** @param bytes the 12 bytes of the footer @throws DecodeError */
export function readStreamFooter(bytes: Uint8Array, flags: StreamFlags, indexSize: number): void {
  const data = dataOf(bytes)
  const fits =
    FOOTER_MAGIC.every((byte, index) => bytes[10 + index] === byte) &&
    crc32(bytes.subarray(4, 10)) === data.getUint32(0, true) &&
    (data.getUint32(4, true) + 1) * 4 === indexSize &&
    bytes[8] === 0 &&
    checkKind(bytes[9] as number) === flags.check
  if (!fits) throw damaged('the stream footer is damaged')
}

/** Size of the dictionary that an LZMA2 filter asks for, in bytes. @throws DecodeError */
export function dictionarySize(filter: Filter): number {
  const [bits] = filter.properties
  if (filter.properties.length !== 1 || bits === undefined || bits > 40)
    throw damaged('a bad dictionary size')
  return dictionaryBytes(bits)
}

/** Bytes of a dictionary, of its coded size (0 to 40). */
export function dictionaryBytes(bits: number): number {
  return bits === 40 ? 0xffff_ffff : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11)
}
