import { crc32 } from 'node:zlib'
import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Bytes. */
export const HEADER = 64
/** What makers add to it: up to 192 bytes, in words. D-Link has 40 and 96 (OpenWrt, dns313-header.c, uimage_sgehdr.c). */
const MOST_ADDED = 192
const WORD = 4

export const MAGIC = '\x27\x05\x19\x56'
/** Some makers write their own; the CRC of the header then has to hold. */
export const VENDOR_MAGICS = [
  'OKLI',
  '3700',
  '3701',
  '2000',
  '\x93\x00\x17\x01',
  '\x12\x34\x56\x78',
  '\x83\x80\x00\x00',
]

/** U-Boot legacy image header (include/image.h), big endian. Numbers of system, architecture, type and compression are U-Boot's. */
export interface UimageHeader {
  /** False when the magic is a maker's own. */
  readonly standardMagic: boolean
  readonly headerCrcMatches: boolean
  /** Seconds since 1970. */
  readonly time: number
  /** Bytes behind the header. */
  readonly size: number
  readonly loadAddress: number
  readonly entryPoint: number
  readonly dataCrc: number
  /** 5 is Linux, 17 is U-Boot. */
  readonly system: number
  /** 2 ARM, 5 MIPS, 22 ARM64, 26 RISC-V. */
  readonly architecture: number
  /** 2 kernel, 3 ramdisk, 4 several files, 5 firmware, 6 script, 7 file system, 8 device tree. */
  readonly type: number
  /** 0 none, 1 gzip, 2 bzip2, 3 lzma, 4 lzo, 5 lz4, 6 zstd. */
  readonly compression: number
  /** Byte string. */
  readonly name: string
  /** Behind the header, and behind what a maker adds to it: then the CRC of the header is of both. */
  readonly dataAt: number
}

/** Types whose data begins with a list of sizes. */
const SEVERAL = 4
const SCRIPT = 6
const MAX_PARTS = 64

/** The header at `at`; undefined for what is none: without a valid CRC every field has to be plausible. */
export function parseUimageHeader(bytes: Bytes, at: number): UimageHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const block = bytes.view(at, HEADER)
  const reader = new Reader(block, 'big')
  const standardMagic = reader.latin1(4) === MAGIC
  const stored = reader.u32()
  const [time, size, loadAddress, entryPoint] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const dataCrc = reader.u32()
  const [system, architecture, type, compression] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()]
  const name = reader.take(32)
  const added = crcWithoutItself(block) === stored ? 0 : addedWith(stored, block, bytes, at)
  const headerCrcMatches = added !== undefined
  const plausible =
    standardMagic &&
    type > 0 &&
    type < 64 &&
    system < 64 &&
    architecture < 64 &&
    compression < 16 &&
    isName(name)
  if (size === 0 || !(headerCrcMatches || plausible)) return undefined
  return {
    standardMagic,
    headerCrcMatches,
    time,
    size,
    loadAddress,
    entryPoint,
    dataCrc,
    system,
    architecture,
    type,
    compression,
    name: cString(name),
    dataAt: at + HEADER + (added ?? 0),
  }
}

function crcWithoutItself(block: Uint8Array): number {
  const copy = Buffer.from(block)
  copy.fill(0, 4, 8)
  return crc32(copy)
}

/** Bytes behind the header that its CRC covers as well; undefined where it fits no number of them. */
function addedWith(stored: number, block: Uint8Array, bytes: Bytes, at: number): number | undefined {
  const added = bytes.view(at + HEADER, Math.min(MOST_ADDED, bytes.size - at - HEADER))
  let crc = crcWithoutItself(block)
  for (let end = WORD; end <= added.length; end += WORD) {
    crc = crc32(added.subarray(end - WORD, end), crc)
    if (crc === stored) return end
  }
  return undefined
}

/** Printable, then NULs to the end. */
function isName(name: Uint8Array): boolean {
  const length = name.indexOf(0) < 0 ? name.length : name.indexOf(0)
  return name.every((byte, index) => (index < length ? byte >= 0x20 && byte < 0x7f : byte === 0))
}

/**
 * Where the files lie: of images of several files, and of scripts, behind a list of u32 sizes that a zero ends, each padded
 * to four bytes. Undefined when that list does not fit the data.
 */
export function partsOf(bytes: Bytes, header: UimageHeader): readonly Stored[] | undefined {
  if (header.type !== SEVERAL && header.type !== SCRIPT) return [{ at: header.dataAt, length: header.size }]
  const room = Math.max(0, Math.min(header.size, (MAX_PARTS + 1) * 4, bytes.size - header.dataAt))
  const reader = new Reader(bytes.view(header.dataAt, room), 'big')
  const sizes: number[] = []
  for (;;) {
    if (reader.left < 4) return undefined
    const size = reader.u32()
    if (size === 0) break
    sizes.push(size)
  }
  let at = header.dataAt + reader.at
  const parts: Stored[] = []
  for (const length of sizes) {
    if (at + length > header.dataAt + header.size) return undefined
    parts.push({ at, length })
    at += Math.ceil(length / 4) * 4
  }
  return parts.length > 0 ? parts : undefined
}
