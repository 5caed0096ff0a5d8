import { crc32 } from 'node:zlib'
import { type Bytes, cString, Reader } from '@messlatte/bytes'

/** Sizes in bytes. */
export const PAGE = 4096
export const ENTRY = 32
export const FIRST_ENTRY = 64
export const ENTRIES = 126
/** ESP-IDF seeds every CRC with all ones. */
export const SEED = 0xffff_ffff

const STATES: ReadonlyMap<number, NvsPage['state']> = new Map([
  [0xffff_fffe, 'active'],
  [0xffff_fffc, 'full'],
  [0xffff_fff8, 'freeing'],
  [0xffff_fff0, 'corrupt'],
])

/** Types by their number (nvs_types.hpp): sized integers, and what continues in the entries behind. */
export const STRING = 0x21
export const BLOB_V1 = 0x41
export const BLOB_DATA = 0x42
export const BLOB_INDEX = 0x48
const INTEGERS: ReadonlyMap<number, string> = new Map([
  [0x01, 'u8'],
  [0x11, 'i8'],
  [0x02, 'u16'],
  [0x12, 'i16'],
  [0x04, 'u32'],
  [0x14, 'i32'],
  [0x08, 'u64'],
  [0x18, 'i64'],
])

/** A page of NVS, little endian: a header with a CRC, two bits of state for each entry, the entries. */
export interface NvsPage {
  readonly state: 'active' | 'full' | 'freeing' | 'corrupt'
  /** Later pages have higher ones. */
  readonly sequence: number
  readonly version: 1 | 2
}

/** An entry whose CRC matches. */
export interface NvsEntry {
  /** Offset in the source. */
  readonly at: number
  /** False where it was erased: overwritten or deleted. */
  readonly current: boolean
  readonly namespace: number
  readonly type: number
  /** Entries that it takes, itself included. */
  readonly span: number
  readonly chunk: number
  /** Byte string. */
  readonly key: string
  /** Its last eight bytes. */
  readonly data: Uint8Array
}

/** The header at `at`, or undefined for what is none. Layout: ESP-IDF documentation, NVS, "Structure of a page". */
export function parseNvsPage(bytes: Bytes, at: number): NvsPage | undefined {
  if (at + FIRST_ENTRY > bytes.size) return undefined
  const header = bytes.view(at, ENTRY)
  const reader = new Reader(header, 'little')
  const state = STATES.get(reader.u32())
  const sequence = reader.u32()
  const version = reader.u8()
  if (state === undefined || (version !== 0xff && version !== 0xfe)) return undefined
  if (!reader.take(19).every((byte) => byte === 0xff)) return undefined
  if (crc32(header.subarray(4, 28), SEED) !== reader.u32()) return undefined
  return { state, sequence, version: version === 0xfe ? 2 : 1 }
}

/** What a page holds. */
export interface NvsPageContent {
  readonly entries: readonly NvsEntry[]
  /** Entries that are in use and have a CRC that differs: all of them where the page is encrypted. */
  readonly damaged: number
  /** Entries that are in use and whose CRC matches. */
  readonly sound: number
}

/** The entries of the page at `at`, as far as it is there. */
export function readNvsEntries(bytes: Bytes, at: number): NvsPageContent {
  const view = bytes.view(at, Math.min(PAGE, bytes.size - at))
  const entries: NvsEntry[] = []
  let [damaged, sound] = [0, 0]
  for (let index = 0; index < ENTRIES; ) {
    const from = FIRST_ENTRY + index * ENTRY
    if (from + ENTRY > view.length) break
    const state = stateOf(view, index)
    const entry = state === 3 ? undefined : readEntry(view, from, at, state === 2)
    index += entry?.span ?? 1
    if (entry) entries.push(entry)
    if (state === 2) {
      if (entry) sound++
      else damaged++
    }
  }
  return { entries, damaged, sound }
}

/** Two bits: 3 erased, 2 written, 0 written and erased again. */
export function stateOf(page: Uint8Array, index: number): number {
  return ((page[ENTRY + (index >> 2)] as number) >> ((index & 3) * 2)) & 3
}

function readEntry(page: Uint8Array, from: number, pageAt: number, current: boolean): NvsEntry | undefined {
  const raw = page.subarray(from, from + ENTRY)
  const reader = new Reader(raw, 'little')
  const [namespace, type, span, chunk] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()]
  if (reader.u32() !== crc32(raw.subarray(8), crc32(raw.subarray(0, 4), SEED))) return undefined
  if (span < 1 || span > ENTRIES) return undefined
  const key = cString(reader.take(16))
  return { at: pageAt + from, current, namespace, type, span, chunk, key, data: raw.subarray(24) }
}

/** A string or a piece of a blob, behind its entry. */
export interface NvsPayload {
  readonly at: number
  readonly length: number
  readonly crc: number
}

export function payloadOf({ at, span, data }: NvsEntry): NvsPayload | undefined {
  const reader = new Reader(data, 'little')
  const length = reader.u16()
  reader.skip(2)
  return length <= (span - 1) * ENTRY ? { at: at + ENTRY, length, crc: reader.u32() } : undefined
}

export function payloadMatches(bytes: Bytes, { at, length, crc }: NvsPayload): boolean {
  return crc32(bytes.view(at, length), SEED) === crc
}

/** What an index of a blob says: its size in bytes, and the numbers of its pieces. */
export function blobIndexOf({ data }: NvsEntry): {
  readonly size: number
  readonly count: number
  readonly first: number
} {
  const reader = new Reader(data, 'little')
  return { size: reader.u32(), count: reader.u8(), first: reader.u8() }
}

export interface NvsInteger {
  readonly type: string
  /** Text where a number would lose digits. */
  readonly value: number | string
}

export function integerOf({ type, data }: NvsEntry): NvsInteger | undefined {
  const name = INTEGERS.get(type)
  if (name === undefined) return undefined
  const bits = (type & 15) * 8
  const raw = new Reader(data, 'little').u64()
  const value = (type & 0x10) === 0 ? BigInt.asUintN(bits, raw) : BigInt.asIntN(bits, raw)
  const number = Number(value)
  return { type: name, value: Number.isSafeInteger(number) ? number : value.toString() }
}
