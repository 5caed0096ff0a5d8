import { type Bytes, Reader } from '@messlatte/bytes'

// APPNOTE.TXT 6.3.10; all numbers are little endian.

/** Makers of cameras write other signatures: Dahua in front of the first member, Instar everywhere. */
export const LOCALS: readonly string[] = ['PK\x03\x04', 'DH\x03\x04', 'PK\x03\x07']
export const CENTRALS: readonly string[] = ['PK\x01\x02', 'PK\x01\x08']
export const ENDS: readonly string[] = ['PK\x05\x06', 'PK\x05\x09']
export const DESCRIPTOR = 'PK\x07\x08'
const END_64 = 'PK\x06\x06'
const LOCATOR_64 = 'PK\x06\x07'

const LOCAL_SIZE = 30
const CENTRAL_SIZE = 46
const END_SIZE = 22
const LOCATOR_SIZE = 20
const END_64_SIZE = 56

/** In a 16-bit or 32-bit field: the 64-bit one of an extra field counts. */
const FULL = 0xffff_ffff

export interface ZipHeader {
  readonly flags: number
  readonly method: number
  /** MS-DOS time and date, the date in the upper half. */
  readonly dosTime: number
  readonly crc: number
  /** Bytes. */
  readonly compressed: number
  readonly size: number
  /** Byte string. */
  readonly name: string
  readonly extra: ReadonlyMap<number, Uint8Array>
  /** Behind the header: of a local one, where the data begins. */
  readonly end: number
}

export interface CentralHeader extends ZipHeader {
  /** 3 is Unix. */
  readonly system: number
  /** On Unix the mode is in the upper half. */
  readonly attributes: number
  /** Relative to what the archive counts from. */
  readonly localOffset: number
}

/** A local file header, or undefined when none stands there whole. */
export function parseLocal(bytes: Bytes, at: number): ZipHeader | undefined {
  if (at + LOCAL_SIZE > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, LOCAL_SIZE), 'little')
  if (!LOCALS.includes(reader.latin1(4))) return undefined
  const version = reader.u16()
  const fields = commonFields(reader)
  // The upper half names a system; no version is over 6.3, and no bit over 13 is in use.
  if ((version & 0xff) > 63 || fields.flags & 0xc000 || fields.nameLength === 0) return undefined
  return withNames(bytes, at + LOCAL_SIZE, fields, 0)
}

/** A central header, or undefined when none stands there whole. */
export function parseCentral(bytes: Bytes, at: number): CentralHeader | undefined {
  if (at + CENTRAL_SIZE > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, CENTRAL_SIZE), 'little')
  if (!CENTRALS.includes(reader.latin1(4))) return undefined
  const system = reader.u16() >>> 8
  reader.skip(2)
  const fields = commonFields(reader)
  const commentLength = reader.u16()
  reader.skip(4)
  const attributes = reader.u32()
  const stated = reader.u32()
  const header = withNames(bytes, at + CENTRAL_SIZE, fields, commentLength)
  if (!header) return undefined
  const localOffset = stated === FULL ? wide(header.extra, [fields.size, fields.compressed, stated]) : stated
  return { ...header, system, attributes, localOffset }
}

function commonFields(reader: Reader) {
  const flags = reader.u16()
  const method = reader.u16()
  const dosTime = reader.u32()
  const crc = reader.u32()
  const compressed = reader.u32()
  const size = reader.u32()
  return {
    flags,
    method,
    dosTime,
    crc,
    compressed,
    size,
    nameLength: reader.u16(),
    extraLength: reader.u16(),
  }
}

function withNames(
  bytes: Bytes,
  at: number,
  fields: ReturnType<typeof commonFields>,
  commentLength: number,
): ZipHeader | undefined {
  const { nameLength, extraLength, ...rest } = fields
  if (at + nameLength + extraLength > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, nameLength + extraLength), 'little')
  const name = reader.latin1(nameLength)
  const extra = extraFields(reader)
  const { size, compressed } = fields
  return {
    ...rest,
    name,
    extra,
    size: size === FULL ? wide(extra, [size]) : size,
    compressed: compressed === FULL ? wide(extra, [size, compressed]) : compressed,
    end: at + nameLength + extraLength + commentLength,
  }
}

/** What is cut off is left out: damage here costs an owner or a time. */
function extraFields(reader: Reader): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>()
  while (reader.left >= 4) {
    const id = reader.u16()
    const length = reader.u16()
    if (length > reader.left) break
    fields.set(id, reader.take(length))
  }
  return fields
}

/** The 64-bit value for the last of `stated`; the extra field 1 has one for each that is full. */
function wide(extra: ReadonlyMap<number, Uint8Array>, stated: readonly number[]): number {
  const field = extra.get(1)
  const index = stated.filter((value) => value === FULL).length - 1
  if (!field || field.length < index * 8 + 8) return FULL
  return new Reader(field, 'little', index * 8).size64()
}

export interface EndRecord {
  /** Offset in the source from which the archive counts. */
  readonly base: number
  readonly centralAt: number
  readonly centralEnd: number
  /** Behind the comment, or behind the last byte. */
  readonly end: number
}

/** The end record at `at`, or undefined when its directory does not lie directly before it. */
export function parseEnd(bytes: Bytes, at: number): EndRecord | undefined {
  if (at + END_SIZE > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, END_SIZE), 'little')
  if (!ENDS.includes(reader.latin1(4))) return undefined
  reader.skip(8)
  const size = reader.u32()
  const offset = reader.u32()
  const end = Math.min(at + END_SIZE + reader.u16(), bytes.size)
  const large = parseEnd64(bytes, at - LOCATOR_SIZE)
  const found = large ? { ...large, end } : { centralEnd: at, size, offset, end }
  const centralAt = found.centralEnd - found.size
  const base = centralAt - found.offset
  return centralAt >= 0 && base >= 0 ? { base, centralAt, centralEnd: found.centralEnd, end } : undefined
}

/** The record of zip64 stands before its locator. */
function parseEnd64(
  bytes: Bytes,
  locatorAt: number,
): { centralEnd: number; size: number; offset: number } | undefined {
  const at = locatorAt - END_64_SIZE
  if (at < 0) return undefined
  const reader = new Reader(bytes.view(at, END_64_SIZE + 4), 'little')
  if (reader.latin1(4) !== END_64) return undefined
  reader.skip(36)
  const size = reader.size64()
  const offset = reader.size64()
  return reader.latin1(4) === LOCATOR_64 ? { centralEnd: at, size, offset } : undefined
}
