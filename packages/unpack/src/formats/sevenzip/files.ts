import { latin1 } from '@messlatte/bytes'
import { type EntryMeta, FormatError } from '../../contract.ts'
import { filetimeSeconds } from '../filetime.ts'
import { typeOfMode } from '../members.ts'
import { HeaderReader } from './numbers.ts'
import { ID } from './streams.ts'

/** A member as the list of files tells it. */
export interface SevenzipFile {
  readonly meta: EntryMeta
  /** Whether a folder holds its content; else it is empty. */
  readonly hasStream: boolean
}

const DIRECTORY = 0x10
/** The upper half is a Unix mode. */
const UNIX = 0x8000

interface Vectors {
  empty: readonly boolean[]
  emptyFile: readonly boolean[]
  anti: readonly boolean[]
  names: readonly string[]
  modified: readonly (number | undefined)[]
  attributes: readonly (number | undefined)[]
}

/** @throws FormatError | BytesError */
export function parseFiles(reader: HeaderReader): readonly SevenzipFile[] {
  // Each has a name of at least one UTF-16 unit.
  const count = reader.count()
  const vectors: Vectors = { empty: [], emptyFile: [], anti: [], names: [], modified: [], attributes: [] }
  for (;;) {
    const id = reader.number()
    if (id === ID.end) break
    const size = reader.number()
    readProperty(id, new HeaderReader(reader.take(size)), count, vectors)
  }
  if (vectors.names.length !== count) throw new FormatError('structure', 'members without names')
  return membersOf(count, vectors)
}

function readProperty(id: number, reader: HeaderReader, count: number, vectors: Vectors): void {
  const empty = () => vectors.empty.filter((is) => is).length
  switch (id) {
    case ID.emptyStream:
      vectors.empty = reader.bits(count)
      return
    case ID.emptyFile:
      vectors.emptyFile = reader.bits(empty())
      return
    case ID.anti:
      vectors.anti = reader.bits(empty())
      return
    case ID.names:
      inline(reader)
      vectors.names = namesOf(reader.take(reader.left), count)
      return
    case ID.modified:
      vectors.modified = values(reader, count, () => filetimeSeconds(reader.u64()))
      return
    case ID.attributes:
      vectors.attributes = values(reader, count, () => reader.u32())
      return
    default:
  }
}

function values(reader: HeaderReader, count: number, read: () => number): readonly (number | undefined)[] {
  const defined = reader.defined(count)
  inline(reader)
  return defined.map((there) => (there ? read() : undefined))
}

function inline(reader: HeaderReader): void {
  if (reader.u8() !== 0) throw new FormatError('unsupported', 'properties in a stream of their own')
}

/** UTF-16LE, each up to a NUL; as byte strings of UTF-8. */
function namesOf(bytes: Uint8Array, most: number): readonly string[] {
  const text = Buffer.from(bytes).toString('utf16le')
  const names: string[] = []
  for (let from = 0; names.length < most; ) {
    const end = text.indexOf('\0', from)
    if (end < 0) break
    names.push(latin1(Buffer.from(text.slice(from, end))))
    from = end + 1
  }
  return names
}

function membersOf(count: number, vectors: Vectors): readonly SevenzipFile[] {
  const members: SevenzipFile[] = []
  let empty = 0
  for (let index = 0; index < count; index++) {
    const hasStream = vectors.empty[index] !== true
    const isDirectory = !hasStream && vectors.emptyFile[empty] !== true
    const anti = !hasStream && vectors.anti[empty] === true
    if (!hasStream) empty++
    // It tells a tool that updates to delete something.
    if (anti) continue
    members.push({ meta: metaOf(index, isDirectory, vectors), hasStream })
  }
  return members
}

function metaOf(index: number, isDirectory: boolean, { names, modified, attributes }: Vectors): EntryMeta {
  const flags = attributes[index] ?? 0
  const unix = flags & UNIX ? flags >>> 16 : 0
  const directory = isDirectory || (flags & DIRECTORY) !== 0
  const mtime = modified[index]
  return {
    path: names[index] as string,
    type: directory ? 'directory' : (typeOfMode(unix) ?? 'file'),
    ...(unix !== 0 && { mode: unix & 0o7777 }),
    ...(mtime === undefined ? {} : { mtime }),
  }
}
