import { FormatError } from '../../contract.ts'
import { parseFolder, type RawFolder } from './folder.ts'
import type { HeaderReader } from './numbers.ts'

/** Numbers that begin the parts of a header (7zFormat.txt, "Property IDs"). */
export const ID = {
  end: 0x00,
  header: 0x01,
  archiveProperties: 0x02,
  additionalStreams: 0x03,
  mainStreams: 0x04,
  files: 0x05,
  packInfo: 0x06,
  unpackInfo: 0x07,
  subStreams: 0x08,
  size: 0x09,
  crc: 0x0a,
  folder: 0x0b,
  coderSizes: 0x0c,
  countsInFolders: 0x0d,
  emptyStream: 0x0e,
  emptyFile: 0x0f,
  anti: 0x10,
  names: 0x11,
  modified: 0x14,
  attributes: 0x15,
  encodedHeader: 0x17,
} as const

/** One content within a folder. */
export interface SubStream {
  /** Bytes. */
  readonly size: number
  readonly crc: number | undefined
}

/** What is compressed together. */
export interface Folder extends RawFolder {
  /** From behind the signature header, in bytes, of each packed stream. */
  readonly packed: readonly { readonly at: number; readonly length: number }[]
  /** Bytes that come out of each coder. */
  readonly sizes: readonly number[]
  readonly contents: readonly SubStream[]
}

/** Folders with what they hold. @throws FormatError | BytesError */
export function parseStreams(reader: HeaderReader): readonly Folder[] {
  let packed: Folder['packed'] = []
  let folders: Omit<Folder, 'contents'>[] = []
  let crcs: readonly (number | undefined)[] = []
  let id = reader.u8()
  if (id === ID.packInfo) {
    packed = parsePackInfo(reader)
    id = reader.u8()
  }
  if (id === ID.unpackInfo) {
    ;({ folders, crcs } = parseUnpackInfo(reader, packed))
    id = reader.u8()
  }
  let contents = folders.map(({ sizes, last }, index) => [{ size: sizes[last] as number, crc: crcs[index] }])
  if (id === ID.subStreams) {
    contents = parseSubStreams(reader, folders, crcs)
    id = reader.u8()
  }
  expect(id, ID.end)
  return folders.map((folder, index) => ({ ...folder, contents: contents[index] as SubStream[] }))
}

export function expect(id: number, wanted: number): void {
  if (id !== wanted)
    throw new FormatError('structure', `0x${id.toString(16)} where 0x${wanted.toString(16)} belongs`)
}

/** Reads up to a property: others are stepped over, as 7-Zip does; they say how long they are. */
function waitFor(reader: HeaderReader, wanted: number): void {
  for (let id = reader.u8(); id !== wanted; id = reader.u8()) {
    if (id === ID.end) expect(id, wanted)
    reader.skip(reader.count())
  }
}

function parsePackInfo(reader: HeaderReader): Folder['packed'] {
  let at = reader.number()
  const count = reader.count()
  let sizes: number[] = []
  let id = reader.u8()
  if (id === ID.size) {
    sizes = Array.from({ length: count }, () => reader.number())
    id = reader.u8()
  }
  if (id === ID.crc) {
    reader.digests(count)
    id = reader.u8()
  }
  expect(id, ID.end)
  return sizes.map((length) => {
    const stream = { at, length }
    at += length
    return stream
  })
}

function parseUnpackInfo(reader: HeaderReader, packed: Folder['packed']) {
  waitFor(reader, ID.folder)
  const count = reader.count()
  expect(reader.u8(), 0)
  const raw = Array.from({ length: count }, () => parseFolder(reader))
  waitFor(reader, ID.coderSizes)
  let next = 0
  const folders = raw.map((folder) => {
    const sizes = Array.from({ length: folder.outputs }, () => reader.number())
    const own = packed.slice(next, next + folder.packedStreams)
    next += folder.packedStreams
    return { ...folder, sizes, packed: own }
  })
  let crcs: readonly (number | undefined)[] = []
  let id = reader.u8()
  if (id === ID.crc) {
    crcs = reader.digests(count)
    id = reader.u8()
  }
  expect(id, ID.end)
  return { folders, crcs }
}

function parseSubStreams(
  reader: HeaderReader,
  folders: readonly Omit<Folder, 'contents'>[],
  crcs: readonly (number | undefined)[],
): { size: number; crc: number | undefined }[][] {
  let id = reader.u8()
  let counts: readonly number[] = folders.map(() => 1)
  if (id === ID.countsInFolders) {
    // Each content but the last of a folder has a size of at least one byte; folders may be empty.
    counts = folders.map(() => reader.number())
    const all = counts.reduce((sum, count) => sum + count, 0)
    if (all > reader.left + folders.length) throw new FormatError('structure', `${all} contents are told`)
    id = reader.u8()
  }
  const sized = id === ID.size
  const sizes = folders.map(({ sizes, last }, index) => {
    const count = counts[index] as number
    if (count > 1 && !sized) throw new FormatError('structure', 'contents without sizes')
    let left = sizes[last] as number
    return Array.from({ length: count }, (_, content) => {
      const size = content < count - 1 ? reader.number() : left
      left -= size
      if (!(left >= 0)) throw new FormatError('structure', 'the contents are larger than their folder')
      return size
    })
  })
  if (sized) id = reader.u8()
  // Where a folder holds one content, its own CRC counts.
  const own = folders.map((_, index) => (counts[index] === 1 ? crcs[index] : undefined))
  let missing: (number | undefined)[] = []
  while (id !== ID.end) {
    if (id === ID.crc) {
      const unknown = counts.reduce((sum, count, index) => sum + (own[index] === undefined ? count : 0), 0)
      missing = [...reader.digests(unknown)]
    } else throw new FormatError('structure', `0x${id.toString(16)} among the contents`)
    id = reader.u8()
  }
  let next = 0
  return sizes.map((all, index) => all.map((size) => ({ size, crc: own[index] ?? missing[next++] })))
}
