import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'

export const MAGIC = 'MSCF\0\0\0\0'

const HEADER = 36
const FOLDER = 8
const FILE = 16
const MAX_NAME = 256
const RESERVES = 4
const PREVIOUS = 1
const NEXT = 2
const MOST_CABINETS = 65_536

/** Cabinet header, little endian; offsets count from the start of the cabinet. */
export interface CabHeader {
  /** Bytes of the cabinet. */
  readonly size: number
  readonly filesAt: number
  readonly files: number
  readonly folders: readonly CabFolder[]
  /** Bytes that a maker reserved in the head of each data block. */
  readonly blockReserve: number
}

export type CabMethod = 'stored' | 'mszip' | 'quantum' | 'lzx' | 'unknown'

/** What is compressed together. */
export interface CabFolder {
  readonly dataAt: number
  readonly blocks: number
  readonly method: CabMethod
  /** Of LZX: how far back matches reach, as a power of two. */
  readonly windowBits: number
}

export interface CabFile {
  /** Byte string, as stored. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Where the content begins in what comes out of its folder. */
  readonly at: number
  /** Index of the folder within its cabinet. */
  readonly folder: number
  /** Whether it began in the cabinet before, and whether it goes on in the next. */
  readonly continued: boolean
  readonly continues: boolean
  /** MS-DOS date and time, as stored. */
  readonly date: number
  readonly time: number
}

/** The header at `at`, with its folders; undefined for what is none. */
export function parseCabHeader(bytes: Bytes, at: number): CabHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [size, reserved, filesAt, alsoReserved] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const version = reader.u16()
  const [folders, files, flags] = [reader.u16(), reader.u16(), reader.u16()]
  if (reserved !== 0 || alsoReserved !== 0 || version !== 0x0103 || flags > 7) return undefined
  const sizes = reservesOf(bytes, at, flags)
  const foldersAt = sizes && behindNames(bytes, at + HEADER + sizes.length, flags)
  if (!foldersAt || folders === 0 || files === 0) return undefined
  const foldersEnd = foldersAt + folders * (FOLDER + sizes.folder)
  if (foldersEnd > bytes.size || filesAt < foldersEnd - at || filesAt >= size) return undefined
  const list: CabFolder[] = []
  for (let index = 0; index < folders; index++) {
    const folder = parseFolder(bytes, foldersAt + index * (FOLDER + sizes.folder))
    if (folder.dataAt > size) return undefined
    list.push(folder)
  }
  return { size, filesAt, files, folders: list, blockReserve: sizes.block }
}

/** A cabinet, with its place among others. */
export interface Cabinet {
  /** Offset in the source, in bytes. */
  readonly start: number
  readonly header: CabHeader
  /** What all cabinets of a set have in common. */
  readonly set: number
  /** From 0 on. */
  readonly number: number
  /** File names of the cabinets before and behind it: byte strings. */
  readonly previous: string | undefined
  readonly next: string | undefined
}

/** Undefined for what is no cabinet. */
export function cabinetOf(bytes: Bytes, at: number): Cabinet | undefined {
  const header = parseCabHeader(bytes, at)
  if (!header) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little', 30)
  const [flags, set, number] = [reader.u16(), reader.u16(), reader.u16()]
  const names = namesOf(bytes, at, flags)
  const told = (flag: number, index: number) =>
    (flags & flag) === 0
      ? undefined
      : pathOf(names[index] ?? '')
          .split('/')
          .at(-1)
  return {
    start: at,
    header,
    set,
    number,
    previous: told(PREVIOUS, 0),
    next: told(NEXT, flags & PREVIOUS ? 2 : 0),
  }
}

/** The cabinet at `at`, and those of its set that follow it directly. */
export function cabinetsOf(bytes: Bytes, at: number): readonly Cabinet[] {
  const list: Cabinet[] = []
  for (let next = cabinetOf(bytes, at); next && list.length < MOST_CABINETS; ) {
    const last = list.at(-1)
    if (last && (next.set !== last.set || next.number !== last.number + 1)) break
    list.push(next)
    next = next.next === undefined ? undefined : cabinetOf(bytes, next.start + next.header.size)
  }
  return list
}

/** Of a cabinet that was parsed: cabinets and disks before and behind, each pair where the flags say so. */
function namesOf(bytes: Bytes, at: number, flags: number): readonly string[] {
  let next = at + HEADER + (reservesOf(bytes, at, flags)?.length ?? 0)
  return Array.from({ length: (flags & PREVIOUS ? 2 : 0) + (flags & NEXT ? 2 : 0) }, () => {
    const name = nameAt(bytes, next) ?? ''
    next += name.length + 1
    return name
  })
}

/** Sizes of what makers reserve in the header (with the fields that tell them), in each folder and in each block. */
function reservesOf(bytes: Bytes, at: number, flags: number) {
  if ((flags & RESERVES) === 0) return { length: 0, folder: 0, block: 0 }
  if (at + HEADER + 4 > bytes.size) return undefined
  const reader = new Reader(bytes.view(at + HEADER, 4), 'little')
  const [header, folder, block] = [reader.u16(), reader.u8(), reader.u8()]
  return { length: 4 + header, folder, block }
}

/** Names of the cabinets and disks before and behind. */
function behindNames(bytes: Bytes, at: number, flags: number): number | undefined {
  const names = (flags & PREVIOUS ? 2 : 0) + (flags & NEXT ? 2 : 0)
  let end = at
  for (let index = 0; index < names; index++) {
    const name = nameAt(bytes, end)
    if (name === undefined) return undefined
    end += name.length + 1
  }
  return end
}

function nameAt(bytes: Bytes, at: number): string | undefined {
  const view = bytes.view(Math.min(at, bytes.size), Math.max(0, Math.min(MAX_NAME, bytes.size - at)))
  return view.includes(0) ? cString(view) : undefined
}

function parseFolder(bytes: Bytes, at: number): CabFolder {
  const reader = new Reader(bytes.view(at, FOLDER), 'little')
  const [dataAt, blocks, type] = [reader.u32(), reader.u16(), reader.u16()]
  return { dataAt, blocks, method: methodOf(type), windowBits: (type >> 8) & 0x1f }
}

function methodOf(type: number): CabMethod {
  return (['stored', 'mszip', 'quantum', 'lzx'] as const)[type & 0x0f] ?? 'unknown'
}

/** In place of the index of a folder. */
const [FROM, INTO, BOTH] = [0xfffd, 0xfffe, 0xffff]

/** All files, as far as they are there. */
export function* walkFiles(
  bytes: Bytes,
  start: number,
  { filesAt, files, folders }: CabHeader,
  problem: Sink['problem'],
): Generator<CabFile> {
  let at = start + filesAt
  for (let index = 0; index < files; index++) {
    const name = at + FILE <= bytes.size ? nameAt(bytes, at + FILE) : undefined
    if (name === undefined) {
      problem('truncated', `the list of files ends after ${index} of ${files}`)
      return
    }
    const reader = new Reader(bytes.view(at, FILE), 'little')
    const [size, from, folder, date, time] = [
      reader.u32(),
      reader.u32(),
      reader.u16(),
      reader.u16(),
      reader.u16(),
    ]
    const [continued, continues] = [folder === FROM || folder === BOTH, folder === INTO || folder === BOTH]
    const place = continued ? 0 : continues ? folders.length - 1 : folder
    yield { name, size, at: from, folder: place, continued, continues, date, time }
    at += FILE + name.length + 1
  }
}

/** With `/` between its parts: cabinets have `\`. Bytes beyond ASCII are UTF-8 or a code page that is not told. */
export function pathOf(name: string): string {
  return name.replaceAll('\\', '/')
}

/** Seconds since 1970; cabinets tell no time zone, so that UTC is taken. Undefined where there is no such day. */
export function timeOf({ date, time }: Pick<CabFile, 'date' | 'time'>): number | undefined {
  const [year, month, day] = [1980 + (date >>> 9), (date >>> 5) & 0xf, date & 0x1f]
  if (month < 1 || month > 12 || day < 1) return undefined
  return Date.UTC(year, month - 1, day, time >>> 11, (time >>> 5) & 0x3f, (time & 0x1f) * 2) / 1000
}

/** A block of data: u32 checksum, u16 bytes stored, u16 bytes that come out, reserve, data. */
export interface CabBlock {
  readonly checksum: number
  readonly packed: number
  readonly size: number
  readonly dataAt: number
  /** The u16 pair, which the checksum covers too. */
  readonly sizes: number
}

export const BLOCK = 8

/** @throws BytesError */
export function parseBlock(bytes: Bytes, at: number, reserve: number): CabBlock {
  const reader = new Reader(bytes.view(at, BLOCK), 'little')
  const [checksum, packed, size] = [reader.u32(), reader.u16(), reader.u16()]
  return { checksum, packed, size, dataAt: at + BLOCK + reserve, sizes: (packed | (size << 16)) >>> 0 }
}

/** The checksum of cabinets: words XORed; of the rest, the first byte counts highest. 0 says that there is none. */
export function holds({ checksum, sizes }: CabBlock, data: Uint8Array): boolean {
  if (checksum === 0) return true
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const whole = data.length & ~3
  let sum = sizes
  for (let at = 0; at < whole; at += 4) sum ^= view.getUint32(at, true)
  let rest = 0
  for (const byte of data.subarray(whole)) rest = (rest << 8) | byte
  return (sum ^ rest) >>> 0 === checksum
}
