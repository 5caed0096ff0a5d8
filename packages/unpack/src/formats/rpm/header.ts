import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'

const MAGIC = '\x8e\xad\xe8\x01'
const INTRODUCTION = 16
const INDEX_ENTRY = 16
/** What rpm itself takes. */
const MOST_ENTRIES = 0xffff
const MOST_STORE = 64 * 1024 * 1024

const STRING = 6
const BINARY = 7
const [INT32, INT64] = [4, 5]

/** A header of tags (RPM Reference Manual, "Package format"), big endian. */
export interface RpmHeader {
  /** Offset behind it, without filler. */
  readonly end: number
  text(tag: number): string | undefined
  /** In hex. */
  binary(tag: number): string | undefined
  number(tag: number): number | undefined
}

/** The header at `at`, or undefined for what is none. */
export function readHeader(bytes: Bytes, at: number): RpmHeader | undefined {
  if (at + INTRODUCTION > bytes.size) return undefined
  const introduction = new Reader(bytes.view(at, INTRODUCTION), 'big')
  if (introduction.latin1(4) !== MAGIC || introduction.u32() !== 0) return undefined
  const [count, length] = [introduction.u32(), introduction.u32()]
  const storeAt = at + INTRODUCTION + count * INDEX_ENTRY
  if (count === 0 || count > MOST_ENTRIES || length > MOST_STORE || storeAt + length > bytes.size)
    return undefined
  const index = new Reader(bytes.view(at + INTRODUCTION, count * INDEX_ENTRY), 'big')
  const entries = new Map<number, Entry>()
  for (let i = 0; i < count; i++) {
    const [tag, type, offset, items] = [index.u32(), index.u32(), index.u32(), index.u32()]
    if (offset > length) return undefined
    entries.set(tag, { type, at: storeAt + offset, items, left: length - offset })
  }
  const entryOf = (tag: number, type: number, size: number) => {
    const entry = entries.get(tag)
    return entry && entry.type === type && entry.left >= size ? entry : undefined
  }
  return {
    end: storeAt + length,
    text(tag) {
      const entry = entryOf(tag, STRING, 1)
      return entry && cString(bytes.view(entry.at, Math.min(entry.left, MOST_TEXT)))
    },
    binary(tag) {
      const entry = entryOf(tag, BINARY, entries.get(tag)?.items ?? 0)
      return entry && Buffer.from(bytes.view(entry.at, Math.min(entry.items, MOST_TEXT))).toString('hex')
    },
    number(tag) {
      const entry = entryOf(tag, INT32, 4)
      if (entry) return new Reader(bytes.view(entry.at, 4), 'big').u32()
      const wide = entryOf(tag, INT64, 8)
      return wide && new Reader(bytes.view(wide.at, 8), 'big').size64()
    },
  }
}

const MOST_TEXT = 256 * 1024

interface Entry {
  readonly type: number
  readonly at: number
  readonly items: number
  /** Bytes to the end of the store. */
  readonly left: number
}

/** In front of all headers: a magic and a version, and nothing else that is in use. */
export const LEAD_MAGIC = '\xed\xab\xee\xdb'
export const LEAD = 96

export function isLead(bytes: Bytes, at: number): boolean {
  if (at + LEAD > bytes.size) return false
  const view = bytes.view(at, LEAD)
  const [major, kind] = [view[4] as number, (view[6] as number) * 256 + (view[7] as number)]
  return latin1(view.subarray(0, 4)) === LEAD_MAGIC && (major === 3 || major === 4) && kind <= 1
}
