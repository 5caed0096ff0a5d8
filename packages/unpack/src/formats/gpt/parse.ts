import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'
import type { Part } from '../disk-parts.ts'
import { crc32Of } from '../members.ts'
import { GUID_SIZE, guidText } from '../uefi-guid.ts'

export const MAGIC = 'EFI PART'
/** Bytes of a sector that disks have. */
export const SECTORS = [512, 4096] as const
const HEADER_BYTES = 92
const MOST_ENTRIES = 4096
const CRC_AT = 16
const NAME_AT = 56
const PROTECTIVE_TYPE_AT = 450

/** UEFI Specification 2.10, section 5.3.2: little endian, places in sectors from the start of the disk. */
export interface GptHeader {
  /** Bytes. */
  readonly sector: number
  /** Bytes from the start of the disk. */
  readonly own: number
  readonly other: number
  readonly entriesAt: number
  readonly count: number
  readonly entryBytes: number
  readonly entriesCrc: number
}

/** The header at `at` behind the start of a disk; undefined without its magic and its checksum. */
export function parseHeader(bytes: Bytes, start: number, at: number, sector: number): GptHeader | undefined {
  if (at < 0 || start + at + sector > bytes.size) return undefined
  const view = bytes.view(start + at, sector)
  const reader = new Reader(view, 'little')
  if (reader.latin1(8) !== MAGIC) return undefined
  const [revision, headerBytes, crc] = [reader.u32(), reader.u32(), reader.u32()]
  if (revision >>> 16 !== 1 || headerBytes < HEADER_BYTES || headerBytes > sector) return undefined
  const summed = Buffer.from(view.subarray(0, headerBytes))
  summed.fill(0, CRC_AT, CRC_AT + 4)
  if (crc32(summed) !== crc) return undefined
  reader.skip(4)
  const [own, other] = [reader.size64() * sector, reader.size64() * sector]
  reader.skip(8 + 8 + 16)
  const [entriesAt, count, entryBytes] = [reader.size64() * sector, reader.u32(), reader.u32()]
  const entriesCrc = reader.u32()
  const fits = count <= MOST_ENTRIES && entryBytes >= 128 && entryBytes <= 4096 && entryBytes % 8 === 0
  if (!fits || own !== at || !Number.isSafeInteger(entriesAt) || !Number.isSafeInteger(other))
    return undefined
  return { sector, own, other, entriesAt, count, entryBytes, entriesCrc }
}

/** The header in front, or the one at the end of the bytes where a protective MBR says that there was one. */
export function findHeader(bytes: Bytes, start: number): GptHeader | undefined {
  for (const sector of SECTORS) {
    const header = parseHeader(bytes, start, sector, sector)
    if (header) return header
  }
  if (!isProtective(bytes, start)) return undefined
  for (const sector of SECTORS) {
    const header = parseHeader(bytes, start, bytes.size - start - sector, sector)
    if (header) return header
  }
  return undefined
}

function isProtective(bytes: Bytes, start: number): boolean {
  if (start + 512 > bytes.size) return false
  const view = bytes.view(start, 512)
  return view[510] === 0x55 && view[511] === 0xaa && view[PROTECTIVE_TYPE_AT] === 0xee
}

export interface GptEntries {
  readonly parts: readonly Part[]
  readonly sound: boolean
}

/** The table of a header; undefined where the bytes end before it does. */
export function readEntries(bytes: Bytes, start: number, header: GptHeader): GptEntries | undefined {
  const at = start + header.entriesAt
  const length = header.count * header.entryBytes
  if (at + length > bytes.size) return undefined
  const parts: Part[] = []
  const view = bytes.view(at, length)
  for (let index = 0; index < header.count; index++) {
    const entry = view.subarray(index * header.entryBytes, (index + 1) * header.entryBytes)
    if (entry.subarray(0, 16).every((byte) => byte === 0)) continue
    const reader = new Reader(entry, 'little', 32)
    const [first, last] = [reader.size64(), reader.size64()]
    if (!(last >= first) || !Number.isSafeInteger(last * header.sector)) continue
    const offset = first * header.sector
    const size = (last - first + 1) * header.sector
    parts.push({ name: nameOf(entry), number: index + 1, offset, size })
  }
  return { parts, sound: crc32Of(bytes, at, length) === header.entriesCrc }
}

/** A name as a byte string of UTF-8. */
function nameOf(entry: Uint8Array): string {
  const text = new TextDecoder('utf-16le').decode(entry.subarray(NAME_AT, NAME_AT + 72))
  const end = text.indexOf('\0')
  return Buffer.from(end < 0 ? text : text.slice(0, end)).toString('latin1')
}

/** What a table says of a partition beside its place. */
export interface GptIdentity {
  /** Byte string. */
  readonly name: string
  /** Bytes from the start of the disk. */
  readonly offset: number
  /** As people write them, in capitals. */
  readonly type: string
  readonly uuid: string
}

/** The partitions of the disk that begins at `start`, with their types and identifiers; none where no sound table is. */
export function gptIdentities(bytes: Bytes, start: number): readonly GptIdentity[] {
  const header = findHeader(bytes, start)
  const at = start + (header?.entriesAt ?? 0)
  if (!header || !readEntries(bytes, start, header)?.sound) return []
  const view = bytes.view(at, header.count * header.entryBytes)
  const found: GptIdentity[] = []
  for (let from = 0; from < view.length; from += header.entryBytes) {
    const entry = view.subarray(from, from + header.entryBytes)
    if (entry.subarray(0, GUID_SIZE).every((byte) => byte === 0)) continue
    const offset = new Reader(entry, 'little', 32).size64() * header.sector
    const [type, uuid] = [guidText(entry), guidText(entry.subarray(GUID_SIZE))]
    found.push({ name: nameOf(entry), offset, type, uuid })
  }
  return found
}
