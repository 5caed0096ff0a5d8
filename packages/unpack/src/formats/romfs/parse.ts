import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = '-rom1fs-'
/** The checksum of the superblock covers so many bytes, or all where there are less. */
const SUMMED = 512
const ALIGNMENT = 16
/** The kernel takes names of up to 128 bytes. */
const MOST_NAME = 256
const HEADER_BYTES = 16

/** Linux kernel, Documentation/filesystems/romfs.rst: all numbers big endian. */
export interface Superblock {
  /** Bytes of the file system. */
  readonly size: number
  /** Byte string. */
  readonly volume: string
  /** Of the first file header, from the start of the file system. */
  readonly first: number
}

/** The superblock at `start`, or undefined: without its checksum it is none. */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  if (start + 32 > bytes.size) return undefined
  const reader = new Reader(bytes.view(start, 16), 'big')
  if (reader.latin1(8) !== MAGIC) return undefined
  const size = reader.u32()
  const covered = Math.min(SUMMED, size)
  if (size < 32 || start + covered > bytes.size || !sumsToZero(bytes, start, covered)) return undefined
  const volume = readName(bytes, start + 16)
  return volume === undefined ? undefined : { size, volume, first: 16 + paddedName(volume) }
}

export type RomfsType =
  | 'hardlink'
  | 'directory'
  | 'file'
  | 'symlink'
  | 'block'
  | 'character'
  | 'socket'
  | 'fifo'

/** By their numbers in a file header. */
const TYPES: readonly RomfsType[] = [
  'hardlink',
  'directory',
  'file',
  'symlink',
  'block',
  'character',
  'socket',
  'fifo',
]

export interface FileHeader {
  readonly type: RomfsType
  readonly executable: boolean
  /** Of the next header in the same directory, from the start of the file system; 0 behind the last. */
  readonly next: number
  /** A directory's first header, a hard link's target, a device's number. */
  readonly info: number
  /** Bytes of the content. */
  readonly size: number
  /** Whether its words, with the name, add up to zero. */
  readonly sound: boolean
  /** Byte string. */
  readonly name: string
  /** Of the content, from the start of the file system. */
  readonly contentAt: number
}

/** The header at `at` behind `start`; undefined where its name has no end. @throws BytesError */
export function readHeader(bytes: Bytes, start: number, at: number): FileHeader | undefined {
  const reader = new Reader(bytes.view(start + at, HEADER_BYTES), 'big')
  const [word, info, size] = [reader.u32(), reader.u32(), reader.u32()]
  const name = readName(bytes, start + at + HEADER_BYTES)
  if (name === undefined) return undefined
  const length = HEADER_BYTES + paddedName(name)
  return {
    type: TYPES[word & 7] as RomfsType,
    executable: (word & 8) !== 0,
    next: (word & ~0xf) >>> 0,
    info,
    size,
    sound: start + at + length <= bytes.size && sumsToZero(bytes, start + at, length),
    name,
    contentAt: at + length,
  }
}

function paddedName(name: string): number {
  return Math.ceil((name.length + 1) / ALIGNMENT) * ALIGNMENT
}

function readName(bytes: Bytes, at: number): string | undefined {
  const view = bytes.view(at, Math.min(MOST_NAME, bytes.size - at))
  const end = view.indexOf(0)
  return end < 0 ? undefined : latin1(view.subarray(0, end))
}

/** Whether the big-endian words add up to zero. */
function sumsToZero(bytes: Bytes, at: number, length: number): boolean {
  const words = new Reader(bytes.view(at, length & ~3), 'big')
  let sum = 0
  while (words.left > 0) sum = (sum + words.u32()) | 0
  return sum === 0
}
