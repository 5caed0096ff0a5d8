import { type Bytes, cString, type Endian, latin1, Reader } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../../contract.ts'
import { type Stored, type StoredMember, typeOfMode } from '../members.ts'

export const MAGIC = 'imagefs'
/** Bytes: everything before the mount point. */
const HEADER = 88
const ENTRY = 24
/** Bytes: directories of a boot image are small. */
const MAX_DIRECTORY = 4 * 1024 * 1024
const BIG_ENDIAN = 1
const KNOWN_FLAGS = 7

export interface ImageHeader {
  readonly endian: Endian
  /** Bytes from the header to behind the trailer. */
  readonly size: number
  /** Bytes from the header to behind the last entry. */
  readonly directoryEnd: number
  /** Offset of the first entry, from the header. */
  readonly directory: number
}

/** Source: QNX, sys/image.h, struct image_header. @throws BytesError */
export function readImageHeader(bytes: Bytes, at: number): ImageHeader | undefined {
  const head = bytes.view(at, HEADER)
  const flags = head[MAGIC.length] as number
  if (latin1(head.subarray(0, MAGIC.length)) !== MAGIC || flags > KNOWN_FLAGS) return undefined
  const endian = (flags & BIG_ENDIAN) === 0 ? 'little' : 'big'
  const reader = new Reader(head, endian, MAGIC.length + 1)
  const [size, directoryEnd, directory] = [reader.u32(), reader.u32(), reader.u32()]
  const holds =
    directory >= HEADER &&
    directory + ENTRY <= directoryEnd &&
    directoryEnd - directory <= MAX_DIRECTORY &&
    directoryEnd + 4 <= size &&
    firstEntryHolds(bytes, at, { endian, size, directoryEnd, directory })
  return holds ? { endian, size, directoryEnd, directory } : undefined
}

function firstEntryHolds(bytes: Bytes, at: number, header: ImageHeader): boolean {
  const reader = new Reader(bytes.view(at + header.directory, ENTRY), header.endian)
  const size = reader.u16()
  reader.skip(6)
  const mode = reader.u32()
  return size >= ENTRY && header.directory + size <= header.directoryEnd && (mode & 0o170000) !== 0
}

/** What the entries tell, in their order. Content that the end of the bytes cuts off is told. */
export function* membersOf(
  bytes: Bytes,
  at: number,
  header: ImageHeader,
  problem: Sink['problem'],
): Generator<StoredMember> {
  const { endian, directory, directoryEnd } = header
  const there = Math.min(directoryEnd, bytes.size - at)
  if (there < directoryEnd) problem('truncated', 'the image ends within its directory')
  for (let place = directory; place + ENTRY <= there; ) {
    const size = new Reader(bytes.view(at + place, 2), endian).u16()
    if (size === 0) return
    if (size < ENTRY || place + size > there) {
      problem('structure', 'the directory breaks off')
      return
    }
    const member = memberOf(new Reader(bytes.view(at + place, size), endian), bytes, at, header, problem)
    if (member) yield member
    place += size
  }
}

/** One entry: struct image_dirent. */
function memberOf(
  reader: Reader,
  bytes: Bytes,
  at: number,
  header: ImageHeader,
  problem: Sink['problem'],
): StoredMember | undefined {
  reader.skip(8)
  const [mode, gid, uid, mtime] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const type = typeOfMode(mode)
  const fixed = type === 'directory' ? 0 : type === 'symlink' ? 4 : 8
  if (reader.left < fixed + 1) {
    problem('structure', 'an entry is too short for what it is')
    return undefined
  }
  const numbers = new Reader(reader.take(fixed), header.endian)
  const names = reader.take(reader.left)
  const meta: EntryMeta = { path: cString(names), type: type ?? 'file', mode: mode & 0o7777, uid, gid, mtime }
  if (type === undefined) {
    problem('unsupported', 'a kind of entry that only QNX has', meta.path)
    return undefined
  }
  if (type === 'file') {
    const content = { at: numbers.u32(), length: numbers.u32() }
    return { meta, content: contentOf(bytes, at, header, content, meta.path, problem) }
  }
  if (type === 'symlink') {
    const target = names.subarray(numbers.u16())
    return { meta: { ...meta, target: cString(target.subarray(0, numbers.u16())) } }
  }
  // The root is an entry without a name.
  if (type === 'directory') return meta.path === '' ? undefined : { meta }
  numbers.skip(4)
  // QNX, sys/sysmacros.h: 10 bits of a minor number below 6 of a major one.
  const device = numbers.u32()
  return { meta: { ...meta, device: { major: (device >>> 10) & 0x3f, minor: device & 0x3ff } } }
}

function contentOf(
  bytes: Bytes,
  at: number,
  { size }: ImageHeader,
  content: Stored,
  path: string,
  problem: Sink['problem'],
): Stored {
  const end = Math.min(at + size, bytes.size)
  const from = Math.min(at + content.at, end)
  const length = Math.min(content.length, end - from)
  if (length < content.length) {
    const inside = content.at + content.length <= size
    problem(inside ? 'truncated' : 'structure', 'its content lies behind the end of the image', path)
  }
  return { at: from, length }
}
