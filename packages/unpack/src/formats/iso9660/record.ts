import { latin1, Reader } from '@messlatte/bytes'

const FIXED = 33
const FLAG = { directory: 0x02, more: 0x80 } as const

/** A record of a directory (ECMA-119, section 9.1). */
export interface IsoRecord {
  /** Logical block of its content, behind the blocks of an attribute record. */
  readonly extent: number
  /** Bytes. */
  readonly size: number
  readonly isDirectory: boolean
  /** Whether the next record goes on with the same file. */
  readonly more: boolean
  /** Whether its blocks lie between those of others. */
  readonly interleaved: boolean
  /** Seconds since 1970; undefined where no date is told. */
  readonly mtime: number | undefined
  /** As stored: bytes, or two bytes a character in Joliet. */
  readonly identifier: Uint8Array
  /** What stands behind the name: fields of Rock Ridge. */
  readonly system: Uint8Array
}

/** The record at the start of `view`; undefined for what is none. Of numbers in both byte orders the little-endian one is read. */
export function parseRecord(view: Uint8Array): IsoRecord | undefined {
  const length = view[0] ?? 0
  if (length <= FIXED || length > view.length) return undefined
  const reader = new Reader(view.subarray(0, length), 'little', 1)
  const attributes = reader.u8()
  const extent = reader.u32()
  reader.skip(4)
  const size = reader.u32()
  reader.skip(4)
  const date = reader.take(7)
  const [flags, unit, gap] = [reader.u8(), reader.u8(), reader.u8()]
  reader.skip(4)
  const named = reader.u8()
  if (named === 0 || FIXED + named > length) return undefined
  const identifier = Uint8Array.from(reader.take(named))
  // An even name has a byte behind it.
  const system = view.subarray(Math.min(length, FIXED + named + (named % 2 === 0 ? 1 : 0)), length)
  return {
    extent: extent + attributes,
    size,
    isDirectory: (flags & FLAG.directory) !== 0,
    more: (flags & FLAG.more) !== 0,
    interleaved: unit !== 0 || gap !== 0,
    mtime: secondsOf(date),
    identifier,
    system: Uint8Array.from(system),
  }
}

/** The directory itself, and the one above it. */
export function isSelfOrParent({ identifier }: IsoRecord): boolean {
  return identifier.length === 1 && (identifier[0] === 0 || identifier[0] === 1)
}

/** Without the version behind a semicolon, and without a dot that no extension follows. */
export function plainName({ identifier }: IsoRecord): string {
  return withoutVersion(latin1(identifier))
}

/** As a byte string in UTF-8. */
export function jolietName({ identifier }: IsoRecord): string {
  const even = Buffer.from(identifier.subarray(0, identifier.length & ~1))
  return withoutVersion(latin1(Buffer.from(even.swap16().toString('utf16le'))))
}

function withoutVersion(name: string): string {
  return name.replace(/;\d{1,5}$/, '').replace(/(?<=.)\.$/, '')
}

/** Years since 1900, month, day, hour, minute, second, and quarters of an hour to the east of Greenwich. */
export function secondsOf(date: Uint8Array): number | undefined {
  const [year, month, day, hour, minute, second, zone] = new Int8Array(date.buffer, date.byteOffset, 7)
  if (!month || !day || month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const utc = Date.UTC(1900 + ((year as number) & 0xff), month - 1, day, hour, minute, second)
  return Math.floor(utc / 1000) - (zone as number) * 15 * 60
}
