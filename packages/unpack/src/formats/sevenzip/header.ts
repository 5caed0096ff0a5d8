import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError, Reader, sliceBytes } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { copyStretch } from '../members.ts'
import { parseFiles, type SevenzipFile } from './files.ts'
import type { Step } from './folder.ts'
import { isEncrypted, type Undoing, undo, unsupportedOf } from './methods.ts'
import { HeaderReader } from './numbers.ts'
import { expect, type Folder, ID, parseStreams, type SubStream } from './streams.ts'

export const MAGIC = '7z\xbc\xaf\x27\x1c'
/** Of the signature header, in bytes; all offsets count from behind it. */
export const START = 32
/** A list of members that is longer is not believed, in bytes. */
const MOST_HEADER = 64 * 1024 * 1024
/** A list that is compressed may be so again, but not for ever. */
const MOST_NESTED = 4

/** The signature header, little endian: where the list of members lies. */
export interface StartHeader {
  /** From behind the signature header, in bytes. */
  readonly offset: number
  readonly size: number
  readonly crc: number
}

/** Undefined for what is none: its CRC has to hold. */
export function parseStartHeader(bytes: Bytes, at: number): StartHeader | undefined {
  if (at + START > bytes.size) return undefined
  const view = bytes.view(at, START)
  const reader = new Reader(view, 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC || reader.u8() !== 0) return undefined
  reader.skip(1)
  if (reader.u32() !== crc32(view.subarray(12))) return undefined
  const [offset, size, crc] = [reader.size64(), reader.size64(), reader.u32()]
  return offset + size < Number.MAX_SAFE_INTEGER - at - START ? { offset, size, crc } : undefined
}

export interface Archive {
  readonly folders: readonly Folder[]
  readonly files: readonly SevenzipFile[]
}

/**
 * The list of members, unpacked where it is compressed.
 * @param start of the archive in `bytes`
 * @throws FormatError | BytesError | DecodeError
 */
export function readArchive(
  bytes: Bytes,
  start: number,
  { offset, size, crc }: StartHeader,
  passwords: readonly Uint8Array[] = [],
): Archive {
  if (size === 0) return { folders: [], files: [] }
  if (start + START + offset + size > bytes.size)
    throw new FormatError('truncated', 'the list of members, which comes last, is cut off')
  if (size > MOST_HEADER) throw new FormatError('unsupported', `a list of members of ${size} bytes`)
  let header: Uint8Array = new Uint8Array(size)
  copyStretch(bytes, start + START + offset, header)
  if (crc32(header) !== crc) throw new FormatError('checksum', 'the CRC of the list of members differs')
  for (let depth = 0; depth < MOST_NESTED; depth++) {
    const reader = new HeaderReader(header)
    const id = reader.u8()
    if (id === ID.header) return parseHeader(reader)
    expect(id, ID.encodedHeader)
    header = unpackHeader(bytes, start, parseStreams(reader), passwords)
  }
  throw new FormatError('structure', 'the list of members is compressed too often')
}

function parseHeader(reader: HeaderReader): Archive {
  let folders: readonly Folder[] = []
  let files: readonly SevenzipFile[] = []
  let id = reader.u8()
  if (id === ID.archiveProperties) {
    while (reader.number() !== ID.end) reader.skip(reader.number())
    id = reader.u8()
  }
  if (id === ID.additionalStreams) {
    parseStreams(reader)
    id = reader.u8()
  }
  if (id === ID.mainStreams) {
    folders = parseStreams(reader)
    id = reader.u8()
  }
  if (id === ID.files) {
    files = parseFiles(reader)
    id = reader.u8()
  }
  expect(id, ID.end)
  return { folders, files }
}

function unpackHeader(
  bytes: Bytes,
  start: number,
  [folder]: readonly Folder[],
  passwords: readonly Uint8Array[],
): Uint8Array {
  const content = folder?.contents[0]
  if (!folder?.tree || !content) throw new FormatError('structure', 'the list of members has no content')
  const unsupported = unsupportedOf(folder)
  if (unsupported) throw new FormatError('unsupported', `the list of members: ${unsupported}`)
  if (content.size > MOST_HEADER)
    throw new FormatError('unsupported', `a list of members of ${content.size} bytes`)
  if (!isEncrypted(folder)) return unpackOne(bytes, start, folder, content, undefined)
  for (const password of passwords) {
    try {
      return unpackOne(bytes, start, folder, content, password)
    } catch (error) {
      // With a key that does not fit, noise comes out.
      if (!(error instanceof FormatError || error instanceof DecodeError)) throw error
    }
  }
  throw new FormatError('unsupported', `the list of members: ${ENCRYPTED}`)
}

function unpackOne(
  bytes: Bytes,
  start: number,
  folder: Folder,
  content: SubStream,
  password: Uint8Array | undefined,
): Uint8Array {
  const pieces: Buffer[] = []
  let size = 0
  undo(folder.tree as Step, undoingOf(bytes, start, folder, password), (chunk) => {
    size += chunk.length
    if (size > content.size) throw new FormatError('structure', 'the list of members is longer than it says')
    pieces.push(Buffer.from(chunk))
  })
  const header = Buffer.concat(pieces)
  if (size !== content.size || (content.crc !== undefined && crc32(header) !== content.crc))
    throw new FormatError('checksum', 'the CRC of the list of members differs')
  return header
}

/** Of contents and lists of members alike. */
export const ENCRYPTED = 'AES-256: encrypted, and no key fits'

/** What a folder packs; cut where the bytes end. */
export function undoingOf(
  bytes: Bytes,
  start: number,
  { packed, sizes }: Pick<Folder, 'packed' | 'sizes'>,
  password: Uint8Array | undefined,
): Undoing {
  const streams = packed.map(({ at, length }) => {
    const from = Math.min(start + START + at, bytes.size)
    return sliceBytes(bytes, from, Math.min(length, bytes.size - from))
  })
  return { packed: streams, sizes, password }
}
