import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { crc16 } from '../crc16.ts'
import { macName, macSeconds, type StuffitFork } from '../stuffit-forks.ts'

export const MAGIC = 'StuffIt (c)1997-'
const [OWNER, OWNER_AT] = [' Aladdin Systems, Inc., http://www.aladdinsys.com/StuffIt/\r\n', 20] as const
const [VERSION_AT, VERSION] = [82, 5] as const
const HEADER = 100
/** What an archive's header may have behind its fixed part. */
const [MORE_14, MORE_20, ENCRYPTED_ARCHIVE] = [0x10, 0x20, 0x80] as const
const PART_MARK = 0xa5a5a5a5
const [PART, PART_SUM_AT] = [48, 32] as const
const [FOLDER, ENCRYPTED] = [0x40, 0x20] as const
/** In place of the size of a folder's first entry: the folder ends here. */
const FOLDER_END = 0xffff_ffff
/** Of the second part of a header, with what follows in version 1. */
const [INFO, INFO_1] = [32, 36] as const
const HAS_RESOURCE = 1
const RESOURCE = 14
const MOST_NAME = 255

export interface Sit5Archive {
  /** Bytes of all of it. */
  readonly length: number
  readonly firstAt: number
  /** Members of its root. */
  readonly count: number
  /** Digest of the key; undefined where nothing is encrypted. */
  readonly keyDigest: Uint8Array | undefined
}

export interface Sit5Fork extends StuffitFork {
  /** Of an encrypted fork: what is its own of the key. */
  readonly key: Uint8Array
}

export interface Sit5Part {
  readonly kind: 'file' | 'folder' | 'folder-end'
  readonly name: string
  /** Of the folder that it lies in, from the start of the archive; 0 for the root. */
  readonly folderAt: number
  /** Members of a folder. */
  readonly count: number
  /** Seconds since 1970. */
  readonly mtime: number
  readonly data: Sit5Fork
  readonly resource: Sit5Fork
  readonly end: number
}

/** The header of an archive, big endian; undefined for what is none. @throws BytesError */
export function parseArchive(bytes: Bytes, start: number): Sit5Archive | undefined {
  const reader = new Reader(bytes.view(start, HEADER), 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.at = OWNER_AT
  if (reader.latin1(OWNER.length) !== OWNER) return undefined
  reader.at = VERSION_AT
  const [version, flags, length] = [reader.u8(), reader.u8(), reader.u32()]
  reader.skip(4)
  const [count, first] = [reader.u16(), reader.u32()]
  if (version !== VERSION || length < first || first < HEADER) return undefined
  return { length, firstAt: start + first, count, keyDigest: keyDigestOf(bytes, start, flags) }
}

function keyDigestOf(bytes: Bytes, start: number, flags: number): Uint8Array | undefined {
  if ((flags & ENCRYPTED_ARCHIVE) === 0) return undefined
  const at = start + HEADER + ((flags & MORE_14) !== 0 ? 14 : 0) + ((flags & MORE_20) !== 0 ? 4 : 0)
  const size = bytes.view(at, 1)[0] as number
  return bytes.view(at + 1, size)
}

/** The header of a file or folder at `at`; undefined for what its CRC does not vouch for. @throws BytesError */
export function partAt(bytes: Bytes, at: number): Sit5Part | undefined {
  const fixed = new Reader(bytes.view(at, PART), 'big')
  if (fixed.u32() !== PART_MARK) return undefined
  const version = fixed.u8()
  fixed.skip(1)
  const size = fixed.u16()
  if (size < PART || !isSound(bytes.view(at, size))) return undefined
  const reader = new Reader(bytes.view(at, size), 'big', 9)
  const flags = reader.u8()
  reader.skip(4)
  const mtime = macSeconds(reader.u32())
  reader.skip(8)
  const folderAt = reader.u32()
  const nameLength = Math.min(reader.u16(), MOST_NAME)
  reader.skip(2)
  const [dataSize, dataPacked, dataCrc] = [reader.u32(), reader.u32(), reader.u16()]
  reader.skip(2)
  const isFolder = (flags & FOLDER) !== 0
  const isEncrypted = (flags & ENCRYPTED) !== 0
  const [method, last] = [reader.u8(), reader.u8()]
  const key = isFolder ? reader.take(0) : reader.take(last)
  const count = isFolder ? method * 256 + last : 0
  const name = macName(latin1(reader.take(nameLength)))
  if (isFolder && dataSize === FOLDER_END) {
    const none = forkOf(0, at, 0, 0, 0, false, key)
    return { kind: 'folder-end', name, folderAt, count, mtime, data: none, resource: none, end: at + size }
  }
  const { resource, end: dataAt } = resourceAt(bytes, at + size, version, isEncrypted)
  return {
    kind: isFolder ? 'folder' : 'file',
    name,
    folderAt,
    count,
    mtime,
    data: forkOf(
      method,
      dataAt,
      isFolder ? 0 : dataPacked,
      isFolder ? 0 : dataSize,
      dataCrc,
      isEncrypted,
      key,
    ),
    resource,
    end: isFolder ? dataAt - resource.content.packed : dataAt + dataPacked,
  }
}

/** CRC-16 over the header, with zeros in its place. */
function isSound(header: Uint8Array): boolean {
  const zeroed = Uint8Array.from(header)
  zeroed.fill(0, PART_SUM_AT, PART_SUM_AT + 2)
  return crc16(zeroed) === new Reader(header, 'big', PART_SUM_AT).u16()
}

/** What the second part of a header tells of the resource fork, which lies behind it, before the data fork. */
function resourceAt(
  bytes: Bytes,
  at: number,
  version: number,
  isEncrypted: boolean,
): { readonly resource: Sit5Fork; readonly end: number } {
  const infoEnd = at + (version === 1 ? INFO_1 : INFO)
  const has = (new Reader(bytes.view(at, 2), 'big').u16() & HAS_RESOURCE) !== 0
  if (!has) return { resource: forkOf(0, infoEnd, 0, 0, 0, false, bytes.view(infoEnd, 0)), end: infoEnd }
  const reader = new Reader(bytes.view(infoEnd, RESOURCE), 'big')
  const [size, packed, crc] = [reader.u32(), reader.u32(), reader.u16()]
  reader.skip(2)
  const [method, keySize] = [reader.u8(), reader.u8()]
  const contentAt = infoEnd + RESOURCE + keySize
  const key = bytes.view(infoEnd + RESOURCE, keySize)
  return { resource: forkOf(method, contentAt, packed, size, crc, isEncrypted, key), end: contentAt + packed }
}

function forkOf(
  method: number,
  at: number,
  packed: number,
  size: number,
  crc: number,
  isEncrypted: boolean,
  key: Uint8Array,
): Sit5Fork {
  return {
    content: { at, packed, size },
    method: method & 15,
    isEncrypted: isEncrypted && size > 0,
    crc,
    key,
  }
}
