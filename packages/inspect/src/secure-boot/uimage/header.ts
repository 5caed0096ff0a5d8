import { crc32 } from 'node:zlib'
import { type Bytes, cString, forEachWindow, Reader } from '@messlatte/bytes'

/** Bytes; U-Boot, include/image.h, struct legacy_img_hdr. All numbers are big endian. */
export const HEADER = 64
const STEP = 256 * 1024

export interface UImage {
  /** The magic number may be a maker's own. */
  readonly magic: number
  readonly headerChecksum: boolean
  /** Undefined where not all of the data is there. */
  readonly dataChecksum: boolean | undefined
  /** Bytes. */
  readonly dataSize: number
  readonly os: number
  readonly type: number
  readonly compression: number
  /** Byte string. */
  readonly name: string
}

/** The header at the start of some bytes, with its checksums computed again; undefined for less than a header. */
export function readUImage(bytes: Bytes): UImage | undefined {
  if (bytes.size < HEADER) return undefined
  const header = Buffer.from(bytes.view(0, HEADER))
  const reader = new Reader(header, 'big')
  const magic = reader.u32()
  const stated = reader.u32()
  reader.skip(4)
  const dataSize = reader.u32()
  reader.skip(8)
  const dataStated = reader.u32()
  const [os, , type, compression] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()] as const
  const name = cString(reader.take(32))
  // The checksum was computed with itself taken as zero.
  header.fill(0, 4, 8)
  const dataChecksum = HEADER + dataSize <= bytes.size ? checksum(bytes, dataSize) === dataStated : undefined
  return {
    magic,
    headerChecksum: crc32(header) === stated,
    dataChecksum,
    dataSize,
    os,
    type,
    compression,
    name,
  }
}

function checksum(bytes: Bytes, dataSize: number): number {
  let sum = 0
  forEachWindow(bytes, HEADER, HEADER + dataSize, STEP, 0, (window) => {
    sum = crc32(window, sum)
    return true
  })
  return sum
}
