import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import type { Sink } from '../contract.ts'
import { announced, crc32Of, type StoredMember } from './members.ts'

/** A tag of one of Silicon Labs' files. */
export interface Tag {
  readonly id: number
  /** Of its content. */
  readonly at: number
  /** Bytes. */
  readonly length: number
}

export interface TagFile {
  /** Behind the header. */
  readonly tags: readonly Tag[]
  /** Behind the last tag that was read, as far as the bytes go. */
  readonly end: number
  /** Whether the end tag is there. */
  readonly whole: boolean
}

/** What tells the two kinds of files apart. */
export interface TagKind {
  readonly endian: Endian
  /** Bytes of a tag's number, and of its length. */
  readonly width: 2 | 4
  readonly names: Readonly<Record<number, string>>
  readonly end: number
  /** Contents that begin with the address that they are for, in four bytes. */
  readonly programs: ReadonlySet<number>
}

/** A file of more is none. */
const MOST_TAGS = 65_536
/** The CRC-32 of everything together with its own CRC-32. */
const RESIDUE = 0x2144df1c

/** The tags from `from` on, up to the end tag or the first number that is no tag's. */
export function readTags(
  bytes: Bytes,
  from: number,
  { endian, width, end }: TagKind,
  isTag: (id: number) => boolean,
): TagFile {
  const tags: Tag[] = []
  let at = from
  while (at + 2 * width <= bytes.size && tags.length < MOST_TAGS) {
    const reader = new Reader(bytes.view(at, 2 * width), endian)
    const [id, length] = width === 4 ? [reader.u32(), reader.u32()] : [reader.u16(), reader.u16()]
    if (!isTag(id)) break
    tags.push({ id, at: at + 2 * width, length })
    at += 2 * width + length
    if (id === end) return { tags, end: Math.min(at, bytes.size), whole: at <= bytes.size }
  }
  return { tags, end: Math.min(at, bytes.size), whole: false }
}

/** The contents of a file that begins at `start`, and whether its CRC holds. */
export function* membersOfTags(
  bytes: Bytes,
  start: number,
  file: TagFile,
  kind: TagKind,
  problem: Sink['problem'],
): Generator<StoredMember> {
  if (!file.whole) problem('truncated', 'its end tag is not there')
  else if (crc32Of(bytes, start, file.end - start) !== RESIDUE) problem('checksum', 'the CRC differs')
  const taken = new Set<string>()
  for (const tag of file.tags.filter(({ id }) => id !== kind.end)) {
    const { name, at, length } = contentOf(bytes, tag, kind)
    const unique = taken.has(name) ? `${name}-0x${(tag.at - start).toString(16)}` : name
    taken.add(name)
    yield announced(bytes, unique, { at, length }, problem)
  }
}

/** Programs without the address in front of them, which is in their name. */
function contentOf(bytes: Bytes, { id, at, length }: Tag, { endian, names, programs }: TagKind) {
  const name = names[id] ?? `tag-0x${id.toString(16)}`
  if (!programs.has(id) || length < 4 || at + 4 > bytes.size) return { at, length, name }
  const address = new Reader(bytes.view(at, 4), endian).u32()
  return { at: at + 4, length: length - 4, name: `${name}-0x${address.toString(16).padStart(8, '0')}` }
}
