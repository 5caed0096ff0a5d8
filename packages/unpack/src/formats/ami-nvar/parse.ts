import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { isFilled } from '../filled.ts'
import type { Stored } from '../members.ts'
import { GUID_SIZE, guidText, utf16Name } from '../uefi-guid.ts'

export const MAGIC = 'NVAR'

const HEADER = 10
const NO_NEXT = 0xff_ffff
const ATTRIBUTE = { asciiName: 0x02, ownGuid: 0x04, dataOnly: 0x08, extended: 0x10, valid: 0x80 } as const
/** In the first byte of what is appended: the byte before its last two makes the sum of the entry 0. */
const HAS_SUM = 0x01
const LEAST_EXTENSION = 3
/** Longest name that is believed, in bytes. */
const MOST_NAME = 1024
/** Bytes behind the last entry in which nothing was written. */
const EMPTY = 8
/** Bytes in which a GUID begins as empty flash does. */
const MOST_ALIKE = 3
const WINDOW = 64 * 1024
/** Stores are a few hundred kilobytes. */
const MOST_STORE = 16 * 1024 * 1024

/**
 * `live` is what the firmware sees; `replaced` was written anew elsewhere; `deleted` was taken back; `loose` is a value
 * to which no variable leads.
 */
export type NvarState = 'live' | 'replaced' | 'deleted' | 'loose'

/** A variable or one of its values, little endian; offsets are those of the source. */
export interface NvarEntry {
  readonly at: number
  readonly state: NvarState
  /** GUID in capitals, or its number in a table that is not there. */
  readonly vendor: string
  /** Byte string of UTF-8; undefined for values to which no variable leads. */
  readonly name: string | undefined
  readonly content: Stored
  readonly sum: 'none' | 'right' | 'differs'
}

export interface NvarStore {
  readonly end: number
  readonly entries: readonly NvarEntry[]
  /** Whether an entry goes on behind the end of the bytes. */
  readonly isCut: boolean
}

interface Head {
  readonly at: number
  readonly end: number
  /** Where the value that takes its place begins. */
  readonly next: number | undefined
  readonly attributes: number
}

/** Which variable an entry belongs to. */
interface Owner {
  readonly vendor: string
  readonly name: string
}

/**
 * The store that begins at `at`. It does not tell its size: behind its last entry lies empty flash, and then the table of
 * as many GUIDs as its entries count.
 */
export function parseNvarStore(bytes: Bytes, at: number): NvarStore | undefined {
  const most = Math.min(bytes.size, at + MOST_STORE)
  const heads = headsOf(bytes, at, most)
  const last = heads.at(-1)
  if (!last) return undefined
  const isCut = beginsEntry(bytes, last.end, most)
  const emptyEnd = isCut ? last.end : behindEmpty(bytes, last.end, most)
  const isWritten = last.end === most || isCut || emptyEnd >= Math.min(last.end + EMPTY, most)
  if (!isWritten) return undefined
  const table = isCut ? undefined : tableOf(bytes, emptyEnd, most, countGuids(bytes, heads))
  const entries = entriesOf(bytes, heads, table)
  if (!isName(entries[0]?.name)) return undefined
  return { end: isCut ? most : (table?.end ?? emptyEnd), entries, isCut }
}

/** Where empty flash ends that begins at `start`. */
function behindEmpty(bytes: Bytes, start: number, end: number): number {
  if (start === end) return end
  const filler = bytes.view(start, 1)[0] as number
  if (filler !== 0xff && filler !== 0) return start
  let found = end
  forEachWindow(bytes, start, end, WINDOW, 0, (window, at) => {
    const place = window.findIndex((byte) => byte !== filler)
    if (place >= 0) found = at + place
    return place < 0
  })
  return found
}

/** The table begins where empty flash ends, or up to three bytes before that: a GUID may begin as empty flash does. */
function tableOf(bytes: Bytes, emptyEnd: number, most: number, count: number): Region | undefined {
  if (count === 0) return undefined
  const start = Math.min(emptyEnd, most - count * GUID_SIZE)
  if (emptyEnd - start > MOST_ALIKE) return undefined
  for (let at = start; at < start + count * GUID_SIZE; at += GUID_SIZE)
    if (isFilled(bytes, at, at + GUID_SIZE, 0xff)) return undefined
  return { start, end: start + count * GUID_SIZE }
}

function isName(name: string | undefined): boolean {
  return name !== undefined && /^[\x20-\x7e]+$/.test(name)
}

/** Whether the bytes end within an entry that begins at `at`. */
function beginsEntry(bytes: Bytes, at: number, end: number): boolean {
  const magic = latin1(bytes.view(at, Math.min(MAGIC.length, end - at)))
  if (magic === '' || !MAGIC.startsWith(magic)) return false
  return end - at < HEADER || new Reader(bytes.view(at + 4, 2), 'little').u16() > end - at
}

function headsOf(bytes: Bytes, start: number, end: number): readonly Head[] {
  const heads: Head[] = []
  for (let at = start; at + HEADER <= end; ) {
    const reader = new Reader(bytes.view(at, HEADER), 'little')
    if (reader.latin1(MAGIC.length) !== MAGIC) break
    const size = reader.u16()
    const next = reader.u8() + reader.u16() * 0x100
    const attributes = reader.u8()
    if (size < HEADER || at + size > end) break
    heads.push({
      at,
      end: at + size,
      next: next === NO_NEXT || next === 0 ? undefined : at + next,
      attributes,
    })
    at += size
  }
  return heads
}

function has({ attributes }: Head, attribute: number): boolean {
  return (attributes & attribute) !== 0
}

/** As many GUIDs as the variables count that count. */
function countGuids(bytes: Bytes, heads: readonly Head[]): number {
  let count = 0
  for (const head of heads) {
    const isNumbered =
      has(head, ATTRIBUTE.valid) && !has(head, ATTRIBUTE.dataOnly) && !has(head, ATTRIBUTE.ownGuid)
    if (isNumbered && head.end > head.at + HEADER)
      count = Math.max(count, new Reader(bytes.view(head.at + HEADER, 1), 'little').u8() + 1)
  }
  return count
}

function entriesOf(bytes: Bytes, heads: readonly Head[], table: Region | undefined): readonly NvarEntry[] {
  // A variable that was written anew leads to its value, and each value to the one that took its place.
  const owners = new Map<number, Owner>()
  return heads.map((head) => {
    const { at, end, next } = head
    const isValid = has(head, ATTRIBUTE.valid)
    const named = has(head, ATTRIBUTE.dataOnly) ? undefined : ownerOf(bytes, head, table)
    const owner = named ?? owners.get(at)
    if (owner && isValid && next !== undefined) owners.set(next, owner)
    const contentAt = named?.contentAt ?? at + HEADER
    const { length, sum } = extensionOf(bytes, head, contentAt)
    return {
      at,
      state: !isValid ? 'deleted' : !owner ? 'loose' : next !== undefined ? 'replaced' : 'live',
      vendor: owner?.vendor ?? '',
      name: owner?.name,
      content: { at: contentAt, length: end - contentAt - length },
      sum,
    }
  })
}

function ownerOf(
  bytes: Bytes,
  head: Head,
  table: Region | undefined,
): (Owner & { readonly contentAt: number }) | undefined {
  const { at, end } = head
  const view = bytes.view(at + HEADER, Math.min(end - at - HEADER, 1 + GUID_SIZE + MOST_NAME))
  const nameAt = has(head, ATTRIBUTE.ownGuid) ? GUID_SIZE : 1
  if (view.length <= nameAt) return undefined
  const nameSize = nameLength(view.subarray(nameAt), has(head, ATTRIBUTE.asciiName))
  if (nameSize === undefined) return undefined
  const name = view.subarray(nameAt, nameAt + nameSize)
  return {
    vendor: nameAt === GUID_SIZE ? guidText(view.subarray(0, GUID_SIZE)) : guidOf(bytes, view[0] ?? 0, table),
    name: has(head, ATTRIBUTE.asciiName) ? latin1(name.subarray(0, -1)) : utf16Name(name),
    contentAt: at + HEADER + nameAt + nameSize,
  }
}

/** Bytes of a name, its end included. */
function nameLength(view: Uint8Array, isAscii: boolean): number | undefined {
  if (isAscii) {
    const end = view.indexOf(0)
    return end < 0 ? undefined : end + 1
  }
  for (let at = 0; at + 2 <= view.length; at += 2) if (view[at] === 0 && view[at + 1] === 0) return at + 2
  return undefined
}

/** The table of GUIDs ends with the store, and its first one is the last. */
function guidOf(bytes: Bytes, number: number, table: Region | undefined): string {
  const at = table ? table.end - (number + 1) * GUID_SIZE : -1
  return !table || at < table.start ? `guid-${number}` : guidText(bytes.view(at, GUID_SIZE))
}

function extensionOf(
  bytes: Bytes,
  head: Head,
  contentAt: number,
): { readonly length: number; readonly sum: NvarEntry['sum'] } {
  const { at, end } = head
  const none = { length: 0, sum: 'none' } as const
  if (!has(head, ATTRIBUTE.extended) || end - contentAt < LEAST_EXTENSION) return none
  const entry = bytes.view(at, end - at)
  const length = new Reader(entry, 'little', entry.length - 2).u16()
  if (length < LEAST_EXTENSION || length > end - contentAt) return none
  const flags = entry[entry.length - length] ?? 0
  if ((flags & HAS_SUM) === 0 || !has(head, ATTRIBUTE.valid)) return { length, sum: 'none' }
  // All of it but the magic and what leads to the next one.
  let sum = 0
  for (let place = MAGIC.length; place < entry.length; place++)
    if (place < 6 || place > 8) sum += entry[place] as number
  return { length, sum: sum % 256 === 0 ? 'right' : 'differs' }
}
