import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { filetimeSeconds } from '../filetime.ts'
import type { Layout } from './versions.ts'

export type Compression = 'stored' | 'zlib' | 'bzip2' | 'lzma' | 'lzma2'

/** What an installer holds of one content, and where it puts it. */
export interface InnoFile {
  /** Byte strings in UTF-8, `/`-separated; `app`, `sys` and so on for the folders that Inno Setup calls `{app}` and `{sys}`. */
  readonly paths: readonly string[]
  /** In what comes out of its chunk, in bytes. */
  readonly offset: number
  /** Bytes. */
  readonly size: number
  /** Hex. */
  readonly digest: string
  /** Seconds since 1970. */
  readonly mtime: number
  /** Targets of x86 calls are to be undone. */
  readonly calls: boolean
}

/** What is packed together. */
export interface Chunk {
  /** From the start of the contents, in bytes. */
  readonly at: number
  /** Bytes as they lie there. */
  readonly size: number
  readonly compression: Compression
  readonly encrypted: boolean
  /** It begins in another file than the first. */
  readonly elsewhere: boolean
  /** In ascending order of their offsets. */
  readonly files: readonly InnoFile[]
}

const METHODS: readonly Compression[] = ['stored', 'zlib', 'bzip2', 'lzma', 'lzma2']
/** More entries of a list than any installer has. */
const MOST_ENTRIES = 1_000_000
const WINDOWS_RANGE = 20
const FLAG = { calls: 0x10, encrypted: 0x40, compressed: 0x80 } as const
const COUNTS = [
  'languages',
  'messages',
  'permissions',
  'types',
  'components',
  'tasks',
  'directories',
  'files',
  'contents',
] as const
/** Icons, settings, values of the registry, what to delete and what to run: they come behind the files. */
const COUNTS_BEHIND = 7

/** Of each list in front of the files: the texts with which an entry begins, and the bytes that follow them. */
const BEFORE_FILES = [
  ['languages', 10, 4 + 16 + 1],
  ['messages', 2, 4],
  ['permissions', 1, 0],
  ['types', 4, WINDOWS_RANGE + 1 + 1 + 8],
  ['components', 5, 8 + 4 + 1 + WINDOWS_RANGE + 1 + 8],
  ['tasks', 6, 4 + 1 + WINDOWS_RANGE + 1],
  ['directories', 7, 4 + WINDOWS_RANGE + 2 + 1],
] as const
const FILE_TEXTS = 10
/** Attributes, size of what is not packed, permission, flags, type. */
const BEHIND_LOCATION = 4 + 8 + 2 + 4 + 1
/** Of what is not in the installer. */
const NOWHERE = 0xffff_ffff

/**
 * The contents of an installer.
 * @param main the list of files, and of all that an installer does; UTF-16
 * @param contents the list of where they lie
 * @throws FormatError, BytesError
 */
export function chunksOf(main: Buffer, contents: Buffer, layout: Layout): readonly Chunk[] {
  const reader = new Reader(main, 'little')
  for (let text = 0; text < layout.texts; text++) skipText(reader)
  const counts = new Map(COUNTS.map((name) => [name, countOf(reader)]))
  reader.skip(4 * COUNTS_BEHIND + layout.toCompression)
  const method = METHODS[reader.u8()]
  if (!method) throw new FormatError('structure', 'a compression that is not known')
  reader.skip(layout.toLanguages)
  for (const [name, texts, size] of BEFORE_FILES)
    for (let count = counts.get(name) as number; count > 0; count--) {
      for (let text = 0; text < texts; text++) skipText(reader)
      reader.skip(size)
    }
  const paths = new Map<number, string[]>()
  for (let count = counts.get('files') as number; count > 0; count--) {
    skipText(reader)
    const path = pathOf(textOf(reader))
    for (let text = 2; text < FILE_TEXTS; text++) skipText(reader)
    reader.skip(WINDOWS_RANGE)
    const location = reader.u32()
    reader.skip(BEHIND_LOCATION)
    if (location === NOWHERE || path === '') continue
    const others = paths.get(location)
    if (others) others.push(path)
    else paths.set(location, [path])
  }
  return placed(new Reader(contents, 'little'), counts.get('contents') as number, layout, method, paths)
}

function placed(
  reader: Reader,
  count: number,
  { behindTime, digest }: Layout,
  method: Compression,
  paths: ReadonlyMap<number, readonly string[]>,
): readonly Chunk[] {
  const chunks = new Map<string, Chunk & { readonly files: InnoFile[] }>()
  for (let index = 0; index < count; index++) {
    const [slice, , at] = [reader.u32(), reader.u32(), reader.u32()]
    const [offset, size, packed] = [number64(reader), number64(reader), number64(reader)]
    const told = Buffer.from(reader.take(digest === 'sha1' ? 20 : 32)).toString('hex')
    const mtime = filetimeSeconds(BigInt(reader.u32()) | (BigInt(reader.u32()) << 32n))
    reader.skip(8)
    const flags = reader.u16()
    reader.skip(behindTime - 10)
    const found = paths.get(index)
    if (!found) continue
    const key = `${slice} ${at}`
    const chunk = chunks.get(key) ?? {
      at,
      size: packed,
      compression: (flags & FLAG.compressed) === 0 ? 'stored' : method,
      encrypted: (flags & FLAG.encrypted) !== 0,
      elsewhere: slice !== 0,
      files: [],
    }
    chunks.set(key, chunk)
    chunk.files.push({ paths: found, offset, size, digest: told, mtime, calls: (flags & FLAG.calls) !== 0 })
  }
  for (const { files } of chunks.values()) files.sort((a, b) => a.offset - b.offset)
  return [...chunks.values()]
}

function countOf(reader: Reader): number {
  const count = reader.u32()
  if (count > MOST_ENTRIES) throw new FormatError('structure', `a list of ${count} entries`)
  return count
}

function skipText(reader: Reader): void {
  reader.skip(reader.u32())
}

function textOf(reader: Reader): string {
  return Buffer.from(reader.take(reader.u32())).toString('utf16le')
}

/** Sizes beyond 2^53 are none. */
function number64(reader: Reader): number {
  return reader.u32() + reader.u32() * 2 ** 32
}

/** `{app}\bin\x` as `app/bin/x`; `{{` is a brace of the name itself. */
function pathOf(destination: string): string {
  const parts = destination
    .replace(/\{\{|\{([^{}]*)\}/g, (_, name: string | undefined) => name?.replace(/[<>:"|?*]/g, '$') ?? '{')
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.')
  return Buffer.from(parts.join('/')).toString('latin1')
}
