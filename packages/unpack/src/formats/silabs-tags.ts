import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../contract.ts'
import { announced, crc32Of, type Stored } from './members.ts'

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
  /** Contents with a head of their own in front. */
  readonly heads: Readonly<Record<number, Head>>
}

/** What stands in front of a content, in bytes; `addressAt` is where in it the address is that the content is for. */
export interface Head {
  readonly bytes: number
  readonly addressAt?: number
}

/** The head of most programs. */
export const ADDRESS: Head = { bytes: 4, addressAt: 0 }

/** A content with the number of its tag. */
export interface TagMember {
  readonly id: number
  readonly meta: EntryMeta
  readonly content: Stored
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

/** Tells whether the file ends as it has to, and its CRC holds; `summary` is what says less where it does not. */
export function tellState(
  bytes: Bytes,
  start: number,
  file: TagFile,
  problem: Sink['problem'],
  summary?: string,
): void {
  if (!file.whole) problem('truncated', 'its end tag is not there', summary)
  else if (crc32Of(bytes, start, file.end - start) !== RESIDUE) problem('checksum', 'the CRC differs')
}

/** The contents of tags; `start` is where the file begins, from which names count that were there before. */
export function* membersOfTags(
  bytes: Bytes,
  start: number,
  tags: readonly Tag[],
  kind: TagKind,
  problem: Sink['problem'],
): Generator<TagMember> {
  const taken = new Set<string>()
  for (const tag of tags.filter(({ id }) => id !== kind.end)) {
    const { name, at, length } = contentOf(bytes, tag, kind)
    const unique = taken.has(name) ? `${name}-0x${(tag.at - start).toString(16)}` : name
    taken.add(name)
    const { meta, content = { at, length } } = announced(bytes, unique, { at, length }, problem)
    yield { id: tag.id, meta: kind.heads[tag.id] ? { ...meta, program: true } : meta, content }
  }
}

/** What is to be installed without its head; the address is in its name. */
function contentOf(bytes: Bytes, { id, at, length }: Tag, { endian, names, heads }: TagKind) {
  const name = names[id] ?? `tag-0x${id.toString(16)}`
  const head = heads[id]
  if (!head || length < head.bytes || at + head.bytes > bytes.size) return { at, length, name }
  const content = { at: at + head.bytes, length: length - head.bytes }
  if (head.addressAt === undefined) return { ...content, name }
  const address = new Reader(bytes.view(at + head.addressAt, 4), endian).u32()
  return { ...content, name: `${name}-0x${address.toString(16).padStart(8, '0')}` }
}
