import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { isFilled } from '../filled.ts'
import type { Stored } from '../members.ts'

export const MAGIC = 'LARCHIVE'
const HEADER = 24
/** Files begin at multiples of it, counted from the first one, in bytes. */
const ALIGNMENT = 64
/** Header, name and attributes: coreboot writes 256 bytes at most, older cbfstool pads up to where a content has to lie. */
const MOST_METADATA = 64 * 1024
const MOST_FILES = 100_000

/** A file that was taken away, and room that nothing ever took. */
const DELETED = 0
const EMPTY = 0xffff_ffff
const TYPES: Readonly<Record<number, string>> = {
  1: 'bootblock',
  2: 'cbfs header',
  16: 'legacy stage',
  17: 'stage',
  32: 'payload',
  33: 'fit payload',
  48: 'option rom',
  64: 'boot splash',
  80: 'raw',
  81: 'vsa',
  82: 'mbi',
  83: 'microcode',
  84: 'intel fit',
  96: 'fsp',
  97: 'mrc',
  98: 'mma',
  99: 'efi',
  112: 'struct',
  128: 'amd firmware',
  170: 'cmos default',
  171: 'spd',
  172: 'mrc cache',
  426: 'cmos layout',
}
const TAGS = { compression: 0x4243_5a4c, hash: 0x6873_6148 } as const
const COMPRESSIONS = ['none', 'lzma', 'lz4', 'zstd'] as const
const HASHES: Readonly<Record<number, CbfsHash['algorithm']>> = { 1: 'sha1', 2: 'sha256', 3: 'sha512' }

/** A number for one that nobody described. */
export type Compression = (typeof COMPRESSIONS)[number] | number

export interface CbfsHash {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly digest: Uint8Array
}

/** A file of a CBFS; offsets are those of the source, which may end before them. */
export interface CbfsFile {
  /** Byte string. */
  readonly name: string
  /** `type-0x…` for one that nobody described. */
  readonly type: string
  /** As it is stored. */
  readonly content: Stored
  /** Of the whole content; payloads and legacy stages tell it within. */
  readonly compression: Compression
  /** Bytes that come out, where it is compressed. */
  readonly unpackedSize: number
  /** Of the content as it is stored. */
  readonly hash?: CbfsHash
}

/** A file system of coreboot, big endian. coreboot, cbfs_serialized.h. */
export interface Cbfs {
  readonly files: readonly CbfsFile[]
  /** Room for files, and what is left of those that were taken away. */
  readonly free: readonly Stored[]
  /** Behind the last file or room for one; may lie behind the end of the bytes. */
  readonly end: number
  /** Whether the bytes end within the header of a file, or before the next one can begin. */
  readonly isCut: boolean
}

/** The file system whose first file begins at `at`; undefined where none does, or where the first one is cut off. */
export function parseCbfs(bytes: Bytes, at: number): Cbfs | undefined {
  const files: CbfsFile[] = []
  const free: Stored[] = []
  let [end, isCut] = [at, false]
  for (let count = 0; count < MOST_FILES; count++) {
    const next = at + Math.ceil((end - at) / ALIGNMENT) * ALIGNMENT
    const entry = parseEntry(bytes, next)
    isCut = entry === 'cut' || next > bytes.size
    if (!entry || entry === 'cut' || (count === 0 && entry.content.at + entry.content.length > bytes.size))
      break
    const { type, content } = entry
    if (type === DELETED || type === EMPTY) free.push(content)
    else files.push({ ...entry, type: TYPES[type] ?? `type-0x${type.toString(16)}` })
    end = content.at + content.length
  }
  return files.length > 0 || isRoom(bytes, free) ? { files, free, end, isCut } : undefined
}

/** Whether there is nothing but room that is as large as a flash has it, and empty. */
function isRoom(bytes: Bytes, free: readonly Stored[]): boolean {
  const [only] = free
  return only !== undefined && only.length >= 1024 && isFilled(bytes, only.at, only.at + 1024, 0xff)
}

function parseEntry(bytes: Bytes, at: number) {
  const there = Math.min(HEADER, bytes.size - at)
  if (there <= 0) return undefined
  const reader = new Reader(bytes.view(at, there), 'big')
  const begin = Math.min(there, MAGIC.length)
  if (reader.latin1(begin) !== MAGIC.slice(0, begin)) return undefined
  if (there < HEADER) return 'cut'
  const [length, type, attributesAt, dataAt] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  if (dataAt <= HEADER || dataAt > MOST_METADATA) return undefined
  if (at + dataAt > bytes.size) return 'cut'
  if (attributesAt !== 0 && (attributesAt <= HEADER || attributesAt > dataAt)) return undefined
  const metadata = bytes.view(at, dataAt)
  const names = metadata.subarray(HEADER, attributesAt === 0 ? dataAt : attributesAt)
  const name = cString(names)
  if (name.length === names.length || (name === '' && type !== EMPTY && type !== DELETED)) return undefined
  const attributes = attributesAt === 0 ? NO_ATTRIBUTES : parseAttributes(metadata.subarray(attributesAt))
  return { name, type, content: { at: at + dataAt, length }, ...attributes }
}

const NO_ATTRIBUTES: Pick<CbfsFile, 'compression' | 'unpackedSize' | 'hash'> = {
  compression: 'none',
  unpackedSize: 0,
}

/** Tag, length and content one behind the other, up to what is none. */
function parseAttributes(block: Uint8Array): typeof NO_ATTRIBUTES {
  const reader = new Reader(block, 'big')
  let found = NO_ATTRIBUTES
  while (reader.left >= 8) {
    const [tag, length] = [reader.u32(), reader.u32()]
    if (length < 8 || length - 8 > reader.left) return found
    const inner = new Reader(reader.take(length - 8), 'big')
    if (tag === TAGS.compression && inner.left >= 8)
      found = { ...found, compression: compressionOf(inner.u32()), unpackedSize: inner.u32() }
    else if (tag === TAGS.hash && inner.left >= 4) {
      const algorithm = HASHES[inner.u32()]
      if (algorithm) found = { ...found, hash: { algorithm, digest: inner.take(inner.left) } }
    }
  }
  return found
}

export function compressionOf(number: number): Compression {
  return COMPRESSIONS[number] ?? number
}

/** A part of a payload or of a stage. */
export interface ProgramPart {
  readonly name: string
  readonly content: Stored
  readonly compression: Compression
}

const SEGMENT = 28
const MOST_SEGMENTS = 64
const KINDS: Readonly<Record<string, string>> = { CODE: 'code', DATA: 'data', PARA: 'parameters' }

/** The parts of a payload (SELF), without those that have no content; undefined where its table does not hold. */
export function segmentsOf(bytes: Bytes, { at, length }: Stored): readonly ProgramPart[] | undefined {
  const end = Math.min(at + length, bytes.size)
  const parts: ProgramPart[] = []
  for (let index = 0; index < MOST_SEGMENTS; index++) {
    const place = at + index * SEGMENT
    if (place + SEGMENT > end) return undefined
    const reader = new Reader(bytes.view(place, SEGMENT), 'big')
    const kind = reader.latin1(4)
    if (kind === 'ENTR') return parts
    const [compression, from] = [compressionOf(reader.u32()), reader.u32()]
    reader.skip(8)
    const stored = { at: at + from, length: reader.u32() }
    if (kind === 'BSS ') continue
    if (!KINDS[kind] || stored.at + stored.length > at + length) return undefined
    parts.push({ name: `${KINDS[kind]}-${index}`, content: stored, compression })
  }
  return undefined
}

const LEGACY_STAGE = 28

/** What a stage of before 2021 has behind its own header, which is little endian. */
export function legacyStage(bytes: Bytes, { at, length }: Stored): Omit<ProgramPart, 'name'> | undefined {
  if (length < LEGACY_STAGE || at + LEGACY_STAGE > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, LEGACY_STAGE), 'little')
  const compression = compressionOf(reader.u32())
  reader.skip(16)
  const stored = reader.u32()
  if (stored > length - LEGACY_STAGE) return undefined
  return { compression, content: { at: at + LEGACY_STAGE, length: stored } }
}
