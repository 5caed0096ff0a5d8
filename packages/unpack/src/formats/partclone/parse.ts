import { crc32 } from 'node:zlib'
import { type Bytes, cString, Reader } from '@messlatte/bytes'

export const MAGIC = 'partclone-image\0'
const VERSION_AT = 30
const VERSION = '0002'
const LITTLE_ENDIAN = 0xc0de
const HEADER = 110
const CRC = 4
/** Numbers of the checksums: none, and the CRC-32. */
const CHECKSUMS = { none: 0x00, crc32: 0x20 } as const
const BITS = 1
const MOST_BITMAP = 16 * 1024 * 1024

/** An image of version 2, little endian: header, a bit for each block, and the blocks in use with checksums between them. */
export interface Partclone {
  /** As the tool names it: EXTFS, NTFS, FAT32. */
  readonly fileSystem: string
  /** Of the device, in bytes. */
  readonly size: number
  readonly blockSize: number
  readonly blocks: number
  readonly used: number
  readonly bitmap: Uint8Array
  readonly bitmapHolds: boolean
  /** Of the first block, in bytes. */
  readonly at: number
  /** Bytes of a checksum, and how many blocks in use each is for; 0 where there are none. */
  readonly sumSize: number
  readonly perSum: number
  /** Whether a checksum is for its blocks only, and not for all before them too. */
  readonly reseeds: boolean
  readonly hasCrc: boolean
  /** Behind the last checksum. */
  readonly end: number
}

/** Undefined for what is none: the CRC of the header has to hold. */
export function parsePartclone(bytes: Bytes, start: number): Partclone | undefined {
  if (start + HEADER > bytes.size) return undefined
  const view = bytes.view(start, HEADER)
  const reader = new Reader(view, 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.at = VERSION_AT
  if (reader.latin1(VERSION.length) !== VERSION || reader.u16() !== LITTLE_ENDIAN) return undefined
  if (new Reader(view, 'little', HEADER - CRC).u32() !== partcloneCrc(view.subarray(0, HEADER - CRC)))
    return undefined
  const fileSystem = cString(reader.take(16))
  const [size, blocks] = [reader.size64(), reader.size64()]
  reader.skip(8)
  const used = reader.size64()
  const blockSize = reader.u32()
  reader.skip(8)
  const mode = reader.u16()
  const [sumSize, perSum] = [reader.u16(), reader.u32()]
  const reseeds = reader.u8() === 1
  const bitmapMode = reader.u8()
  const bitmapSize = Math.ceil(blocks / 8)
  const at = start + HEADER + bitmapSize + CRC
  if (bitmapMode !== BITS || bitmapSize > MOST_BITMAP || at > bytes.size) return undefined
  if (
    blockSize === 0 ||
    blockSize % 512 > 0 ||
    used > blocks ||
    size > blocks * blockSize ||
    blocks * blockSize > 2 ** 52
  )
    return undefined
  const hasSums = mode !== CHECKSUMS.none && perSum > 0
  const bitmap = bytes.view(start + HEADER, bitmapSize)
  const stored = new Reader(bytes.view(at - CRC, CRC), 'little').u32()
  return {
    fileSystem,
    size,
    blockSize,
    blocks,
    used,
    bitmap,
    bitmapHolds: partcloneCrc(bitmap) === stored,
    at,
    sumSize: hasSums ? sumSize : 0,
    perSum: hasSums ? perSum : 0,
    reseeds,
    hasCrc: mode === CHECKSUMS.crc32 && sumSize === CRC,
    end: at + used * blockSize + (hasSums ? Math.ceil(used / perSum) * sumSize : 0),
  }
}

/** CRC-32 without the last inversion. */
export function partcloneCrc(content: Uint8Array): number {
  return ~crc32(content) >>> 0
}
