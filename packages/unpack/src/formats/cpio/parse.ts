import { type Bytes, forEachWindow, latin1 } from '@messlatte/bytes'
import { isZero } from '../members.ts'
import { BINARY, binaryEndian, parseBinary } from './binary.ts'

/** Sizes of the fixed part of a header, in bytes. */
const NEWC = 110
const ODC = 76
/** Linux passes over what has a longer name than 4096 bytes and goes on behind it, and so do archivers. */
const MAX_NAME = 64 * 1024
/** Bytes before the end in which a header may be one that was cut off: names of archives that are in order are no longer. */
const USUAL_NAME = 4096
/** GNU cpio fills its last record up. */
const RECORD = 512

export const TRAILER = 'TRAILER!!!'

export interface CpioHeader {
  readonly variant: 'newc' | 'crc' | 'odc' | 'bin'
  /** Byte string. */
  readonly name: string
  /** Unix mode with its type bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly links: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** Names with the same one are one file. */
  readonly inode: string
  readonly device: { readonly major: number; readonly minor: number }
  /** Sum of all bytes of the content, modulo 2^32; of the variant `crc` only. */
  readonly sum: number | undefined
  /** Bytes. */
  readonly size: number
  readonly contentAt: number
  /** Where the next header begins. */
  readonly end: number
}

/** How an archive ended: `trailer` is the only way that is in order. */
export interface CpioEnd {
  readonly end: number
  readonly why: 'trailer' | 'truncated' | 'structure'
}

/** The header at `at`, as cpio(5) describes them, or undefined when none is there whole. */
export function parseCpioHeader(bytes: Bytes, at: number): CpioHeader | undefined {
  if (at + 6 > bytes.size) return undefined
  switch (latin1(bytes.view(at, 6))) {
    case '070701':
      return parseNewc(bytes, at, 'newc')
    case '070702':
      return parseNewc(bytes, at, 'crc')
    case '070707':
      return parseOdc(bytes, at)
    default: {
      const endian = binaryEndian(bytes, at)
      return endian && parseBinary(bytes, at, endian)
    }
  }
}

function parseNewc(bytes: Bytes, at: number, variant: 'newc' | 'crc'): CpioHeader | undefined {
  if (at + NEWC > bytes.size) return undefined
  const text = latin1(bytes.view(at + 6, NEWC - 6))
  if (!/^[0-9A-Fa-f]{104}$/.test(text)) return undefined
  const field = (index: number) => Number.parseInt(text.slice(index * 8, index * 8 + 8), 16)
  const nameSize = field(11)
  const name = readName(bytes, at + NEWC, nameSize)
  if (name === undefined) return undefined
  const contentAt = at + NEWC + nameSize + padding(NEWC + nameSize)
  const size = field(6)
  return {
    variant,
    name,
    mode: field(1),
    uid: field(2),
    gid: field(3),
    links: field(4),
    mtime: field(5),
    inode: `${field(7)}:${field(8)}:${field(0)}`,
    device: { major: field(9), minor: field(10) },
    sum: variant === 'crc' ? field(12) : undefined,
    size,
    contentAt,
    end: contentAt + size + padding(size),
  }
}

function parseOdc(bytes: Bytes, at: number): CpioHeader | undefined {
  if (at + ODC > bytes.size) return undefined
  const text = latin1(bytes.view(at, ODC))
  if (!/^[0-7]{76}$/.test(text)) return undefined
  const field = (start: number, length: number) => Number.parseInt(text.slice(start, start + length), 8)
  const nameSize = field(59, 6)
  const name = readName(bytes, at + ODC, nameSize)
  if (name === undefined) return undefined
  const contentAt = at + ODC + nameSize
  const size = field(65, 11)
  const device = field(42, 6)
  return {
    variant: 'odc',
    name,
    mode: field(18, 6),
    uid: field(24, 6),
    gid: field(30, 6),
    links: field(36, 6),
    mtime: field(48, 11),
    inode: `${field(6, 6)}:${field(12, 6)}`,
    device: { major: device >>> 8, minor: device & 0xff },
    sum: undefined,
    size,
    contentAt,
    end: contentAt + size,
  }
}

/** The name ends at its first NUL, as Linux and cpio read it; whatever stands behind that must not hide the member. */
export function readName(bytes: Bytes, at: number, size: number): string | undefined {
  if (size < 2 || size > MAX_NAME || at + size > bytes.size) return undefined
  const view = bytes.view(at, size)
  const length = view.indexOf(0)
  return length < 1 ? undefined : latin1(view.subarray(0, length))
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4
}

/** All members of one archive, without the trailer; the last one's content may run over the end of the bytes. */
export function* walkCpio(bytes: Bytes, start: number): Generator<CpioHeader, CpioEnd> {
  for (let at = start; ; ) {
    const header = parseCpioHeader(bytes, at)
    if (!header) {
      return isCut(bytes, at) ? { end: bytes.size, why: 'truncated' } : { end: at, why: 'structure' }
    }
    if (header.name === TRAILER) return { end: behindRecord(bytes, start, header.end), why: 'trailer' }
    yield header
    if (header.end > bytes.size) return { end: bytes.size, why: 'truncated' }
    at = header.end
  }
}

/** Whether the bytes end in what may be the beginning of a header. */
function isCut(bytes: Bytes, at: number): boolean {
  if (at + NEWC + USUAL_NAME <= bytes.size) return false
  const beginning = latin1(bytes.view(at, Math.min(5, bytes.size - at)))
  return ['07070', ...BINARY].some((magic) => magic.startsWith(beginning.slice(0, magic.length)))
}

function behindRecord(bytes: Bytes, start: number, end: number): number {
  const whole = Math.min(start + Math.ceil((end - start) / RECORD) * RECORD, bytes.size)
  return whole > end && isZero(bytes, end, whole) ? whole : Math.min(end, bytes.size)
}

/** The check of the variant `crc`: a sum of bytes. */
export function sumOf(bytes: Bytes, at: number, length: number): number {
  let sum = 0
  forEachWindow(bytes, at, at + length, 256 * 1024, 0, (window) => {
    let part = 0
    for (const byte of window) part += byte
    sum = (sum + part) % 2 ** 32
    return true
  })
  return sum
}
