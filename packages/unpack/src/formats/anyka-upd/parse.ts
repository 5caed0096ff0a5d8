import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'ANYKA106'
const HEADER = 0xa4
const TOOLS = 8
const MOST = 10_000
/** A file of the system that goes beside the file system: for chips without and with Linux. */
const SYSTEM = { bytes: [36, 40], name: 16 } as const
const SYSTEM_NAME = /^[\x21-\x2e\x30-\x7e][\x20-\x2e\x30-\x7e]*$/
/** Where a folder of the file system comes from and goes to. */
const FOLDER = { bytes: 528, name: 260 } as const
const FILE = { bytes: 272, name: 260 } as const

/** Anyka's burning tool (`T_UPDATE_FILE_HEAD`), and tt-emu, docs/memory-map-and-boot.md: little endian. */
export interface AnykaUpd {
  readonly files: readonly AnykaFile[]
  readonly end: number
}

export interface AnykaFile extends Stored {
  /** Byte string. */
  readonly path: string
}

/** The file at `at`, or undefined: all that the header lists lies behind it. */
export function parseAnykaUpd(bytes: Bytes, at: number): AnykaUpd | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const formats = stored(at, reader.u32(), reader.u32())
  const flashes = stored(at, reader.u32(), reader.u32())
  const fixed = ['producer', 'bios'].map((path) => {
    const [offset, length] = [reader.u32(), reader.u32()]
    return { path, at: at + offset, length }
  })
  const [folders, files, system] = [table(at, reader), table(at, reader), table(at, reader)]
  for (let index = 0; index < TOOLS; index++) {
    const [offset, length] = [reader.u32(), reader.u32()]
    fixed.push({ path: `tool-${index}`, at: at + offset, length })
  }
  if (formats.at !== at + HEADER || formats.length > MOST || flashes.length > MOST) return undefined
  const named = [systemFiles(bytes, at, system), userFiles(bytes, at, folders, files)]
  if (named.includes(undefined)) return undefined
  const listed = named.flatMap((list) => list ?? [])
  const places = new Set(listed.map((file) => file.at))
  const all = [...fixed.filter((file) => !places.has(file.at)), ...listed].filter(({ length }) => length > 0)
  if (all.length === 0 || all.some((file) => file.at < at + HEADER)) return undefined
  return { files: all, end: all.reduce((end, file) => Math.max(end, file.at + file.length), 0) }
}

interface Table {
  readonly count: number
  readonly at: number
}

function table(at: number, reader: Reader): Table {
  const [count, offset] = [reader.u32(), reader.u32()]
  return { count, at: at + offset }
}

function stored(at: number, length: number, offset: number): Stored {
  return { at: at + offset, length }
}

/** What stands in each row; undefined as soon as one is none, so that a chance magic costs no whole table. */
function rows<Row>(
  bytes: Bytes,
  { count, at }: Table,
  size: number,
  read: (row: Reader) => Row | undefined,
): readonly Row[] | undefined {
  if (count > MOST || (count > 0 && at + count * size > bytes.size)) return undefined
  const found: Row[] = []
  for (let index = 0; index < count; index++) {
    const row = read(new Reader(bytes.view(at + index * size, size), 'little'))
    if (row === undefined) return undefined
    found.push(row)
  }
  return found
}

/** Which of both lengths an entry has shows in the names. */
function systemFiles(bytes: Bytes, at: number, list: Table): readonly AnykaFile[] | undefined {
  for (const size of SYSTEM.bytes) {
    const files = rows(bytes, list, size, (reader) => {
      reader.skip(8)
      const [length, offset] = [reader.u32(), reader.u32()]
      const path = cString(reader.take(SYSTEM.name))
      if (offset < HEADER && length > 0) return undefined
      return SYSTEM_NAME.test(path) ? { path, at: at + offset, length } : undefined
    })
    if (files) return files
  }
  return undefined
}

function userFiles(bytes: Bytes, at: number, folders: Table, files: Table): readonly AnykaFile[] | undefined {
  const places = new Map<string, string>()
  const moved = rows(bytes, folders, FOLDER.bytes, (reader) => {
    reader.skip(4)
    return [pathOf(reader.take(FOLDER.name)), pathOf(reader.take(FOLDER.name))] as const
  })
  for (const [from, to] of moved ?? []) places.set(from.toLowerCase(), to)
  return rows(bytes, files, FILE.bytes, (reader) => {
    const [first = '', ...rest] = pathOf(reader.take(FILE.name)).split('/')
    const [length, offset] = [reader.u32(), reader.u32()]
    if (offset < HEADER && length > 0) return undefined
    return { path: [places.get(first.toLowerCase()) ?? first, ...rest].join('/'), at: at + offset, length }
  })
}

/** As Windows writes it, without the letter of a drive. */
function pathOf(field: Uint8Array): string {
  return cString(field)
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .replace(/^\/+|\/+$/g, '')
}
