import { type Bytes, BytesError, latin1, Reader } from '@messlatte/bytes'
import { type Volume, WIDE } from './header.ts'

const FILE_6 = 0x57
const FILE_5 = 0x2a
const MOST_NAME = 1024
/** From this version on, names are UTF-16. */
const UTF16 = 17

/** Bits of `flags`. */
export const FLAG = { split: 1, obfuscated: 2, compressed: 4, invalid: 8 } as const
const LINK_PREVIOUS = 1

export interface ShieldFile {
  readonly index: number
  /** Byte string, `/`-separated. */
  readonly path: string
  readonly flags: number
  /** Bytes. */
  readonly expanded: number
  readonly packed: number
  /** Offset in its volume, in bytes; 0 where it has no content. */
  readonly at: number
  /** Counted from 1; undefined where the volumes themselves tell. */
  readonly volume: number | undefined
  /** Number of the member that has the same content. */
  readonly same: number | undefined
  /** Hex; undefined where there is none. */
  readonly md5: string | undefined
}

interface Lists {
  readonly view: Uint8Array
  /** Offsets in the view. */
  readonly tableAt: number
  readonly wideAt: number
  readonly directories: number
  readonly files: number
}

/** Undefined where the lists do not lie within what is in front of the contents. @throws BytesError */
export function listsIn(bytes: Bytes, start: number, { lists, dataAt, version }: Volume): Lists | undefined {
  const view = bytes.view(start, dataAt)
  const reader = new Reader(view, 'little', lists.at + 12)
  const table = reader.u32()
  reader.skip(4)
  const [size, again] = [reader.u32(), reader.u32()]
  const directories = reader.u32()
  reader.skip(8)
  const [files, wide] = [reader.u32(), reader.u32()]
  const tableAt = lists.at + table
  const wideAt = tableAt + wide
  const end =
    version < WIDE
      ? tableAt + 4 * directories + (4 + FILE_5) * files
      : Math.max(tableAt + 4 * directories, wideAt + FILE_6 * files)
  if (size !== again || end > dataAt) return undefined
  return { view, tableAt, wideAt, directories, files }
}

/** What cannot be read costs itself, and `lost` is told its number. */
export function* filesIn(
  lists: Lists,
  version: number,
  lost: (index: number) => void,
): Generator<ShieldFile> {
  const directories = directoriesOf(lists, version)
  for (let index = 0; index < lists.files; index++) {
    try {
      const file = fileAt(lists, version, index, directories)
      if (file) yield file
    } catch (error) {
      if (!(error instanceof BytesError)) throw error
      lost(index)
    }
  }
}

/** Read when a member asks for them: a directory takes four bytes, and its name may be that of all others. */
function directoriesOf(lists: Lists, version: number): (index: number) => string | undefined {
  const known = new Map<number, string | undefined>()
  return (index) => {
    if (index >= lists.directories) return undefined
    if (!known.has(index)) known.set(index, directoryName(lists, version, index))
    return known.get(index)
  }
}

function directoryName({ view, tableAt }: Lists, version: number, index: number): string | undefined {
  const at = tableAt + new Reader(view, 'little', tableAt + 4 * index).u32()
  return at < view.length ? textAt(view, at, version) : undefined
}

/** Undefined for a number that is not in use. @throws BytesError */
function fileAt(
  lists: Lists,
  version: number,
  index: number,
  directories: (index: number) => string | undefined,
): ShieldFile | undefined {
  const { view, tableAt } = lists
  const fields = version < WIDE ? narrowFields(lists, index) : wideFields(lists, index)
  const { nameAt, directory, ...file } = fields
  if ((file.flags & FLAG.invalid) !== 0) return undefined
  const folder = directories(directory)
  if (folder === undefined || nameAt === 0 || tableAt + nameAt >= view.length)
    throw new BytesError('out-of-range', 'a name that is not there')
  const name = textAt(view, tableAt + nameAt, version)
  const path = [...folder.split('\\'), name].filter((part) => part !== '').join('/')
  return { index, path, ...file }
}

type Fields = Omit<ShieldFile, 'index' | 'path'> & { readonly nameAt: number; readonly directory: number }

function narrowFields({ view, tableAt, directories }: Lists, index: number): Fields {
  const at = tableAt + new Reader(view, 'little', tableAt + 4 * (directories + index)).u32()
  if (at + FILE_5 > view.length) throw new BytesError('out-of-range', 'a member that is not there')
  const reader = new Reader(view, 'little', at)
  const [nameAt, directory] = [reader.u32(), reader.u16()]
  reader.skip(2)
  const [flags, expanded, packed] = [reader.u16(), reader.u32(), reader.u32()]
  reader.skip(20)
  const contentAt = reader.u32()
  return {
    nameAt,
    directory,
    flags,
    expanded,
    packed,
    at: contentAt,
    volume: undefined,
    same: undefined,
    md5: undefined,
  }
}

function wideFields({ view, wideAt }: Lists, index: number): Fields {
  const reader = new Reader(view, 'little', wideAt + FILE_6 * index)
  const [flags, expanded, packed, at] = [reader.u16(), reader.size64(), reader.size64(), reader.size64()]
  const md5 = Buffer.from(reader.take(16)).toString('hex')
  reader.skip(16)
  const [nameAt, directory] = [reader.u32(), reader.u16()]
  reader.skip(12)
  const previous = reader.u32()
  reader.skip(4)
  const same = (reader.u8() & LINK_PREVIOUS) !== 0 ? previous : undefined
  return { nameAt, directory, flags, expanded, packed, at, volume: reader.u16(), same, md5 }
}

function textAt(view: Uint8Array, at: number, version: number): string {
  const width = version < UTF16 ? 1 : 2
  const most = Math.min(view.length, at + width * MOST_NAME)
  let end = at
  while (end + width <= most && (view[end] !== 0 || (width === 2 && view[end + 1] !== 0))) end += width
  const text = view.subarray(at, end)
  return latin1(width === 1 ? text : Buffer.from(Buffer.from(text).toString('utf16le')))
}
