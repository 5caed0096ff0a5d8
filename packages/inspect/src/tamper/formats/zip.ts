import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { crc32Of } from '@messlatte/unpack'
import { NotMade, text } from '../contract.ts'
import type { Change, Rope } from '../rope.ts'
import { unsigned } from './numbers.ts'

// PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (its end); little endian.
const END = 'PK\x05\x06'
const END_SIZE = 22
const MOST_COMMENT = 65_535
const ENTRY = 'PK\x01\x02'
const ENTRY_SIZE = 46
const LOCAL_SIZE = 30
const MOST_ENTRIES = 10_000
/** Members that are packed again, in bytes. */
const MOST_PACKED = 64 * 1024 * 1024
const LARGE = 0xffff_ffff
const STREAMED = 0x8
const DEFLATED = 8

export interface ZipPart {
  readonly name: string
  readonly method: number
  readonly crc: number
  /** Of the content as it is stored. */
  readonly at: number
  readonly length: number
  readonly localAt: number
  /** Of its entry in the directory. */
  readonly entryAt: number
  readonly flags: number
}

export interface ZipArchive {
  readonly parts: readonly ZipPart[]
  readonly directoryAt: number
  readonly endAt: number
}

/** Undefined for what is no archive, and for those with members or a directory over 4 GiB. */
export function zipArchive(bytes: Bytes): ZipArchive | undefined {
  if (bytes.size < END_SIZE || latin1(bytes.view(0, 2)) !== 'PK') return undefined
  const from = Math.max(0, bytes.size - END_SIZE - MOST_COMMENT)
  const tail = Buffer.from(bytes.view(from, bytes.size - from))
  for (
    let at = tail.lastIndexOf(END, undefined, 'latin1');
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(END, at - 1, 'latin1')
  ) {
    if (at + END_SIZE > tail.length) continue
    const [count, size, directoryAt] = [
      tail.readUInt16LE(at + 10),
      tail.readUInt32LE(at + 12),
      tail.readUInt32LE(at + 16),
    ]
    const isWhole = at + END_SIZE + tail.readUInt16LE(at + 20) === tail.length
    if (!isWhole || directoryAt + size > from + at || count > MOST_ENTRIES) continue
    const parts = entriesOf(bytes, directoryAt, count, from + at)
    return parts && { parts, directoryAt, endAt: from + at }
  }
  return undefined
}

function entriesOf(bytes: Bytes, start: number, count: number, end: number): readonly ZipPart[] | undefined {
  const parts: ZipPart[] = []
  for (let index = 0, at = start; index < count; index++) {
    if (at + ENTRY_SIZE > end || latin1(bytes.view(at, 4)) !== ENTRY) return undefined
    const reader = new Reader(bytes.view(at, ENTRY_SIZE), 'little', 8)
    const [flags, method] = [reader.u16(), reader.u16()]
    reader.skip(4)
    const [crc, length, size] = [reader.u32(), reader.u32(), reader.u32()]
    const [nameSize, extra, comment] = [reader.u16(), reader.u16(), reader.u16()]
    reader.skip(8)
    const localAt = reader.u32()
    if (length === LARGE || size === LARGE || localAt + LOCAL_SIZE > start) return undefined
    const local = new Reader(bytes.view(localAt, LOCAL_SIZE), 'little', 26)
    const contentAt = localAt + LOCAL_SIZE + local.u16() + local.u16()
    if (contentAt + length > start || at + ENTRY_SIZE + nameSize > end) return undefined
    const name = latin1(bytes.view(at + ENTRY_SIZE, nameSize))
    parts.push({ name, method, crc, at: contentAt, length, localAt, entryAt: at, flags })
    at += ENTRY_SIZE + nameSize + extra + comment
  }
  return parts
}

/** The sums of members that are stored as they are; the archive itself when they are in order. */
export function mendZip(changed: Rope): Rope {
  let mended = changed
  for (const part of zipArchive(changed)?.parts ?? []) {
    if (part.method !== 0 || part.length === 0) continue
    const found = crc32Of(changed, part.at, part.length)
    if (found === part.crc) continue
    mended = mended.write(part.entryAt + 16, unsigned(found, 4, 'little'))
    if (!(part.flags & STREAMED)) mended = mended.write(part.localAt + 14, unsigned(found, 4, 'little'))
  }
  return mended
}

/** What is in a member. @throws NotMade for large and damaged ones */
export function contentIn(bytes: Bytes, { at, length, method }: ZipPart): Buffer {
  if (length > MOST_PACKED || (method !== 0 && method !== DEFLATED)) throw new NotMade(TOO_LARGE)
  const stored = Buffer.alloc(length)
  bytes.copy(at, stored)
  if (method === 0) return stored
  try {
    return inflateRawSync(stored, { maxOutputLength: 4 * MOST_PACKED })
  } catch {
    throw new NotMade(TOO_LARGE)
  }
}

/** A member with other content, packed as it was: headers and directory are put right. @throws NotMade */
export function replaceInZip(rope: Rope, name: string, content: Uint8Array): Rope {
  const archive = zipArchive(rope)
  const part = archive?.parts.find((one) => one.name === name)
  if (!archive || !part) throw new NotMade(text(`There is no ${name} in it.`, `Es gibt kein ${name} darin.`))
  if (part.flags & STREAMED && part.method === 0) throw new NotMade(TOO_LARGE)
  const packed = part.method === DEFLATED ? deflateRawSync(content) : content
  const moved = packed.length - part.length
  const sums = Buffer.concat([
    unsigned(crc32(content), 4, 'little'),
    unsigned(packed.length, 4, 'little'),
    unsigned(content.length, 4, 'little'),
  ])
  // From the end to the start, so that offsets stay those that were read.
  let changed = rope.write(archive.endAt + 16, unsigned(archive.directoryAt + moved, 4, 'little'))
  for (const other of archive.parts) {
    if (other.localAt > part.localAt)
      changed = changed.write(other.entryAt + 42, unsigned(other.localAt + moved, 4, 'little'))
  }
  changed = changed.write(part.entryAt + 16, sums)
  changed = changed.splice(part.at, part.length, packed)
  return part.flags & STREAMED ? changed : changed.write(part.localAt + 14, sums)
}

/** The changes of a member that is stored as it is, in the archive. @throws NotMade where it gets longer or shorter */
export function insideZip(rope: Rope, at: number, changes: readonly Change[]): Rope {
  return changes.reduce((changed, { offset, removed, inserted }) => {
    if (removed !== inserted.length)
      throw new NotMade(
        text(
          'It would get another length within the archive, which is not made here: make a set of payload.bin by itself.',
          'Es bekäme im Archiv eine andere Länge, was hier nicht gemacht wird: Es ist ein Satz von payload.bin selbst zu machen.',
        ),
      )
    return changed.write(at + offset, inserted)
  }, rope)
}

const TOO_LARGE = text(
  'The member is larger than what is packed again here (64 MiB), packed in another way, or damaged.',
  'Die Datei ist größer, als hier neu gepackt wird (64 MiB), anders gepackt oder beschädigt.',
)
