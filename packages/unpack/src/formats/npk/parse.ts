import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = '\x1e\xf1\xd0\xba'
const HEADER = 8
const PART_HEADER = 6
const MOST_PARTS = 10_000
/** No kind above is known. */
const MOST_KIND = 40

/** What the kinds of parts are called that hold more than a few numbers. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'header'],
  [2, 'description'],
  [3, 'requirements'],
  [4, 'files'],
  [7, 'on-install'],
  [8, 'on-uninstall'],
  [9, 'squashfs-signature'],
  [16, 'architecture'],
  [18, 'packages'],
  [20, 'package-list'],
  [21, 'squashfs'],
  [23, 'signature'],
  [24, 'release-type'],
  [25, 'preheader'],
])
const FILES = 4
const PADDING = 22

export interface NpkPart {
  readonly name: string
  readonly kind: 'files' | 'padding' | 'other'
  readonly at: number
  /** Bytes. */
  readonly length: number
}

export interface Npk {
  readonly parts: readonly NpkPart[]
  /** Behind the last part, as the header tells. */
  readonly end: number
}

/** The parts of a package at `start` (little endian), or undefined: they have to fill it to its end. */
export function parseNpk(bytes: Bytes, start: number): Npk | undefined {
  if (start + HEADER + PART_HEADER > bytes.size) return undefined
  const header = new Reader(bytes.view(start, HEADER), 'little')
  if (header.latin1(4) !== MAGIC) return undefined
  const end = start + HEADER + header.u32()
  const parts: NpkPart[] = []
  let at = start + HEADER
  while (at + PART_HEADER <= Math.min(end, bytes.size)) {
    const reader = new Reader(bytes.view(at, PART_HEADER), 'little')
    const [kind, length] = [reader.u16(), reader.u32()]
    if (kind > MOST_KIND || at + PART_HEADER + length > end || parts.length >= MOST_PARTS) return undefined
    parts.push({
      name: `${parts.length}-${NAMES.get(kind) ?? `part-${kind}`}`,
      kind: kind === FILES ? 'files' : kind === PADDING ? 'padding' : 'other',
      at: at + PART_HEADER,
      length,
    })
    at += PART_HEADER + length
  }
  return parts.length > 0 && (at === end || end > bytes.size) ? { parts, end } : undefined
}

/** A file within what is packed. */
export interface NpkFile {
  /** Byte string. */
  readonly path: string
  /** Unix mode with its type bits. */
  readonly mode: number
  /** Seconds since 1970. */
  readonly mtime: number
  readonly content: Uint8Array
}

const FILE_HEADER = 30

/** One behind the other; undefined for the first that does not fit, and nothing behind it. */
export function* filesIn(content: Uint8Array): Generator<NpkFile | undefined> {
  const reader = new Reader(content, 'little')
  while (reader.left > 0) {
    if (reader.left < FILE_HEADER) return yield undefined
    const mode = reader.u16()
    reader.skip(14)
    const mtime = reader.u32()
    reader.skip(4)
    const [length, nameLength] = [reader.u32(), reader.u16()]
    if (nameLength + length > reader.left) return yield undefined
    yield { path: latin1(reader.take(nameLength)), mode, mtime, content: reader.take(length) }
  }
}
