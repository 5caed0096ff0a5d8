import { crc32 } from 'node:zlib'
import { adler32, type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = '\x89LZO\0\r\n\x1a\n'

/** Fixed part, in bytes, without filter: magic, versions, method, level, flags, mode, time, length of the name. */
const FIXED = 34
const FILTER = 4
/** Since this version the level and the version that is needed are told. */
const VERSION = 0x0940
const MOST_EXTRA = 64 * 1024

export const FLAGS = {
  adlerContent: 0x1,
  adlerPacked: 0x2,
  extra: 0x40,
  crcContent: 0x100,
  crcPacked: 0x200,
  filter: 0x800,
  crcHeader: 0x1000,
} as const

/** Header of a file in an lzop archive, big endian. */
export interface LzopHeader {
  /** 1 LZO1X-1, 2 LZO1X-1(15), 3 LZO1X-999, 128 zlib. */
  readonly method: number
  readonly flags: number
  /** Number of the filter that was put before the compression, 1 to 16; 0 for none. */
  readonly filter: number
  /** Byte string; empty where none was stored. */
  readonly name: string
  /** Where the first block begins. */
  readonly dataAt: number
}

/** The header at `at`, its checksum compared; undefined for what is none. */
export function parseLzopHeader(bytes: Bytes, at: number): LzopHeader | undefined {
  const most = FIXED + FILTER + 255 + 4
  if (at + FIXED + 4 > bytes.size) return undefined
  const view = bytes.view(at, Math.min(most, bytes.size - at))
  const reader = new Reader(view, 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC || reader.u16() < VERSION) return undefined
  reader.skip(4)
  const [method, , flags] = [reader.u8(), reader.u8(), reader.u32()]
  const filter = flags & FLAGS.filter ? reader.u32() : 0
  reader.skip(12)
  const length = reader.u8()
  if (reader.left < length + 4) return undefined
  const name = latin1(reader.take(length))
  const covered = view.subarray(MAGIC.length, reader.at)
  if (sumOf(covered, (flags & FLAGS.crcHeader) !== 0) !== reader.u32()) return undefined
  const behind = at + reader.at
  const dataAt = flags & FLAGS.extra ? behindExtra(bytes, behind) : behind
  return dataAt === undefined ? undefined : { method, flags, filter, name, dataAt }
}

/** An extra field is its u32 size, that many bytes, and a checksum. */
function behindExtra(bytes: Bytes, at: number): number | undefined {
  if (at + 4 > bytes.size) return undefined
  const size = new Reader(bytes.view(at, 4), 'big').u32()
  const end = at + 4 + size + 4
  return size <= MOST_EXTRA && end <= bytes.size ? end : undefined
}

function sumOf(content: Uint8Array, crc: boolean): number {
  return crc ? crc32(content) : adler32(content)
}

/** Header of a block, big endian; undefined for the zero that ends a file. */
export interface LzopBlock {
  /** Bytes that come out. */
  readonly size: number
  /** Bytes stored; as many as come out where the block is not compressed. */
  readonly packed: number
  readonly contentSums: readonly Sum[]
  readonly packedSums: readonly Sum[]
  readonly dataAt: number
}

export interface Sum {
  readonly kind: 'adler' | 'crc'
  readonly stored: number
}

/** @throws BytesError */
export function parseLzopBlock(bytes: Bytes, at: number, flags: number): LzopBlock | undefined {
  const size = new Reader(bytes.view(at, 4), 'big').u32()
  if (size === 0) return undefined
  const reader = new Reader(bytes.view(at + 4, Math.min(20, bytes.size - at - 4)), 'big')
  const packed = reader.u32()
  const sums = (adler: number, crc: number): Sum[] => [
    ...(flags & adler ? [{ kind: 'adler', stored: reader.u32() } as const] : []),
    ...(flags & crc ? [{ kind: 'crc', stored: reader.u32() } as const] : []),
  ]
  const contentSums = sums(FLAGS.adlerContent, FLAGS.crcContent)
  const packedSums = packed < size ? sums(FLAGS.adlerPacked, FLAGS.crcPacked) : []
  return { size, packed, contentSums, packedSums, dataAt: at + 4 + reader.at }
}

export function holds(sums: readonly Sum[], content: Uint8Array): boolean {
  return sums.every(({ kind, stored }) => sumOf(content, kind === 'crc') === stored)
}
