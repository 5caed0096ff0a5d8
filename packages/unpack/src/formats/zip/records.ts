import { type Bytes, isJoined, latin1, Reader } from '@messlatte/bytes'

// APPNOTE.TXT 6.3.10; all numbers are little endian.

/** Makers of cameras write other signatures: Dahua in front of the first member, Instar everywhere. */
export const LOCALS: readonly string[] = ['PK\x03\x04', 'DH\x03\x04', 'PK\x03\x07']
export const CENTRALS: readonly string[] = ['PK\x01\x02', 'PK\x01\x08']
export const ENDS: readonly string[] = ['PK\x05\x06', 'PK\x05\x09']
export const DESCRIPTOR = 'PK\x07\x08'
/** In front of the first member, where an archive is, or might have become, one on several disks. */
export const MARKS: readonly string[] = [DESCRIPTOR, 'PK00']
export const MARK_SIZE = 4
const END_64 = 'PK\x06\x06'
const LOCATOR_64 = 'PK\x06\x07'

const LOCAL_WORDS = wordsOf(LOCALS)
const CENTRAL_WORDS = wordsOf(CENTRALS)

function wordsOf(texts: readonly string[]): readonly number[] {
  return texts.map((text) => Buffer.from(text, 'latin1').readUInt32LE())
}

/** APPNOTE.TXT, 4.4.2 and 4.4.5: the last system, and the methods in use. */
const LAST_SYSTEM = 19
const LAST_OLD_METHOD = 20
const [FIRST_NEW_METHOD, LAST_NEW_METHOD] = [93, 99] as const

const LOCAL_SIZE = 30
const CENTRAL_SIZE = 46
const END_SIZE = 22
const LOCATOR_SIZE = 20
const END_64_SIZE = 56

/** In a 16-bit or 32-bit field: the 64-bit one of an extra field counts. */
const FULL = 0xffff_ffff
/** The extra field with the 64-bit ones. */
const ZIP64 = 1

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
  /** Extra fields one behind the other, see `extraField`. */
  readonly extra: Uint8Array
  /** Behind the header: of a local one, where the data begins. */
  readonly end: number
}

export interface CentralHeader extends ZipHeader {
  /** 3 is Unix. */
  readonly system: number
  /** On Unix the mode is in the upper half. */
  readonly attributes: number
  /** On which of several disks its member begins. */
  readonly disk: number
  /** Relative to what the archive counts from: its start, or that of the disk. */
  readonly localOffset: number
}

/** A local file header, or undefined when none stands there whole. */
export function parseLocal(bytes: Bytes, at: number): ZipHeader | undefined {
  const fields = localFields(bytes, at)
  return fields && withNames(bytes, at + LOCAL_SIZE, fields, 0)
}

/** Where the data behind a local file header begins; undefined when none stands there whole. */
export function behindLocal(bytes: Bytes, at: number): number | undefined {
  const fields = localFields(bytes, at)
  if (!fields) return undefined
  const end = at + LOCAL_SIZE + fields.nameLength + fields.extraLength
  return end <= bytes.size ? end : undefined
}

function localFields(bytes: Bytes, at: number): ReturnType<typeof commonFields> | undefined {
  if (at + LOCAL_SIZE > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, LOCAL_SIZE), 'little')
  if (!LOCAL_WORDS.includes(reader.u32())) return undefined
  const version = reader.u16()
  const fields = commonFields(reader)
  // The upper half names a system; no version is over 6.3, and no bit over 13 is in use.
  if ((version & 0xff) > 63 || fields.flags & 0xc000 || fields.nameLength === 0) return undefined
  return fields
}

/**
 * Whether the local header that stands at `at` has a system and a method that exist. Programs that read archives have their
 * signatures within text.
 */
export function isUsual(bytes: Bytes, at: number): boolean {
  const reader = new Reader(bytes.view(at, LOCAL_SIZE), 'little', 5)
  const system = reader.u8()
  reader.skip(2)
  const method = reader.u16()
  return (
    system <= LAST_SYSTEM &&
    (method <= LAST_OLD_METHOD || (method >= FIRST_NEW_METHOD && method <= LAST_NEW_METHOD))
  )
}

/** A central header, or undefined when none stands there whole. */
export function parseCentral(bytes: Bytes, at: number): CentralHeader | undefined {
  if (at + CENTRAL_SIZE > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, CENTRAL_SIZE), 'little')
  if (!CENTRAL_WORDS.includes(reader.u32())) return undefined
  const system = reader.u16() >>> 8
  reader.skip(2)
  const fields = commonFields(reader)
  const commentLength = reader.u16()
  const disk = reader.u16()
  reader.skip(2)
  const attributes = reader.u32()
  const stated = reader.u32()
  const header = withNames(bytes, at + CENTRAL_SIZE, fields, commentLength)
  if (!header) return undefined
  const localOffset = stated === FULL ? wide(header.extra, [fields.size, fields.compressed, stated]) : stated
  return { ...header, system, attributes, disk, localOffset }
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
  const { flags, method, dosTime, crc, compressed, size, nameLength, extraLength } = fields
  if (at + nameLength + extraLength > bytes.size) return undefined
  const view = bytes.view(at, nameLength + extraLength)
  const name = latin1(view.subarray(0, nameLength))
  const extra = view.subarray(nameLength)
  return {
    flags,
    method,
    dosTime,
    crc,
    name,
    extra,
    size: size === FULL ? wide(extra, [size]) : size,
    compressed: compressed === FULL ? wide(extra, [size, compressed]) : compressed,
    end: at + nameLength + extraLength + commentLength,
  }
}

/** The last field of a kind. What is cut off is left out: damage here costs an owner or a time. */
export function extraField(extra: Uint8Array, id: number): Uint8Array | undefined {
  const reader = new Reader(extra, 'little')
  let found: Uint8Array | undefined
  while (reader.left >= 4) {
    const isIt = reader.u16() === id
    const length = reader.u16()
    if (length > reader.left) break
    if (isIt) found = reader.take(length)
    else reader.skip(length)
  }
  return found
}

/** The 64-bit value for the last of `stated`; the extra field has one for each that is full. */
function wide(extra: Uint8Array, stated: readonly number[]): number {
  const field = extraField(extra, ZIP64)
  const index = stated.filter((value) => value === FULL).length - 1
  if (!field || field.length < index * 8 + 8) return FULL
  return new Reader(field, 'little', index * 8).size64()
}

export interface EndRecord {
  /** Offsets in the source from which the archive counts: one, or one for each of several disks. */
  readonly bases: readonly number[]
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
  const disk = reader.u16()
  reader.skip(6)
  const size = reader.u32()
  const offset = reader.u32()
  const end = Math.min(at + END_SIZE + reader.u16(), bytes.size)
  const large = parseEnd64(bytes, at - LOCATOR_SIZE)
  const found = large ? { ...large, end } : { centralEnd: at, size, offset, end }
  const centralAt = found.centralEnd - found.size
  // On several disks, offsets count from where each of them begins.
  const bases = disk > 0 && isJoined(bytes) ? bytes.starts : [centralAt - found.offset]
  if (centralAt < 0 || (bases[0] as number) < 0) return undefined
  return { bases, centralAt, centralEnd: found.centralEnd, end }
}

/** Where the local header of a member stands. */
export function localPlace({ bases }: EndRecord, { disk, localOffset }: CentralHeader): number {
  return (bases.length > 1 ? (bases[disk] ?? Number.POSITIVE_INFINITY) : (bases[0] as number)) + localOffset
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
