import { type Bytes, cString, type LzhVariant, latin1, Reader } from '@messlatte/bytes'
import type { EntryMeta } from '../../contract.ts'
import { crc16 } from '../crc16.ts'
import { dosSeconds } from '../dos-time.ts'
import type { LzhContent } from '../lzh-member.ts'

export const METHOD_AT = 2
export const METHODS = [
  '-lh0-',
  '-lh1-',
  '-lh4-',
  '-lh5-',
  '-lh6-',
  '-lh7-',
  '-lhd-',
  '-lz4-',
  '-lz5-',
  '-lzs-',
] as const
const UNPACKED: ReadonlyMap<string, LzhVariant> = new Map([
  ['-lh4-', 'lh4'],
  ['-lh5-', 'lh5'],
  ['-lh6-', 'lh6'],
  ['-lh7-', 'lh7'],
])
const STORED: readonly string[] = ['-lh0-', '-lz4-']
const BASE = 22
const MOST_HEADER = 64 * 1024
const MOST_EXTENSIONS = 64

export interface LzhMember {
  readonly meta: EntryMeta
  readonly content: LzhContent
  /** CRC-16 of the plain content. */
  readonly crc: number
  readonly end: number
}

/** The member at `at`, or undefined for what is none: a checksum or a length has to vouch for its header. */
export function parseMember(bytes: Bytes, at: number): LzhMember | undefined {
  if (at + BASE > bytes.size) return undefined
  const method = latin1(bytes.view(at + METHOD_AT, 5))
  if (!METHODS.some((one) => one === method)) return undefined
  const level = bytes.view(at + 20, 1)[0] as number
  const header = level === 2 ? readLevel2(bytes, at) : level < 2 ? readOld(bytes, at, level) : undefined
  if (!header) return undefined
  const { size, packed, crc, dataAt, path } = header
  return {
    meta: metaOf(header, method, path),
    content: {
      at: dataAt,
      packed,
      size,
      method: UNPACKED.get(method) ?? (STORED.includes(method) ? 'stored' : 'unsupported'),
    },
    crc,
    end: dataAt + packed,
  }
}

interface Header extends Extensions {
  readonly packed: number
  readonly size: number
  readonly crc: number
  readonly mtime: number | undefined
  readonly dataAt: number
  readonly path: string
}

/** Levels 0 and 1: one byte of length, and a sum of all bytes behind it. */
function readOld(bytes: Bytes, at: number, level: number): Header | undefined {
  const length = (bytes.view(at, 1)[0] as number) + 2
  if (length < BASE + (level === 1 ? 5 : 2) || at + length > bytes.size) return undefined
  const view = bytes.view(at, length)
  const sum = view.subarray(2).reduce((total, byte) => (total + byte) & 0xff, 0)
  if (sum !== view[1]) return undefined
  const reader = new Reader(view, 'little', 7)
  const [packedAll, size, dos] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(2)
  const nameLength = reader.u8()
  if (BASE + nameLength + 2 > length) return undefined
  const name = slashes(reader.take(nameLength))
  const crc = reader.u16()
  const next = level === 1 ? new Reader(view, 'little', length - 2).u16() : 0
  const extensions = readExtensions(bytes, at + length, next)
  const packed = packedAll - extensions.length
  if (packed < 0) return undefined
  const path = pathOf({ ...extensions, name: extensions.name ?? name })
  return {
    ...extensions,
    packed,
    size,
    crc,
    mtime: extensions.mtime ?? dosSeconds(dos),
    dataAt: at + length + extensions.length,
    path,
  }
}

function readLevel2(bytes: Bytes, at: number): Header | undefined {
  const length = new Reader(bytes.view(at, 2), 'little').u16()
  if (length < 26 || length > MOST_HEADER || at + length > bytes.size) return undefined
  const view = bytes.view(at, length)
  const reader = new Reader(view, 'little', 7)
  const [packed, size, mtime] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(2)
  const crc = reader.u16()
  reader.skip(1)
  const extensions = readExtensions(bytes, at + 26, reader.u16())
  // A byte may fill it, where its length would begin with a zero.
  const filler = length - 26 - extensions.length
  if (filler < 0 || filler > 1 || !headerFits(view, extensions.headerCrc)) return undefined
  const path = pathOf({ ...extensions, name: extensions.name ?? '' })
  return { ...extensions, packed, size, crc, mtime: extensions.mtime ?? mtime, dataAt: at + length, path }
}

/** The CRC of a header counts itself as zero. */
function headerFits(
  view: Uint8Array,
  told: { readonly at: number; readonly crc: number } | undefined,
): boolean {
  if (!told) return true
  const copy = Uint8Array.from(view)
  copy.fill(0, told.at, told.at + 2)
  return crc16(copy) === told.crc
}

interface Extensions {
  /** Bytes of all of them. */
  readonly length: number
  readonly name: string | undefined
  readonly directory: string
  readonly mode: number | undefined
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  readonly mtime: number | undefined
  /** Offset from the header's start, in level 2. */
  readonly headerCrc: { readonly at: number; readonly crc: number } | undefined
}

function readExtensions(bytes: Bytes, start: number, first: number): Extensions {
  let found: Extensions = {
    length: 0,
    name: undefined,
    directory: '',
    mode: undefined,
    owner: undefined,
    mtime: undefined,
    headerCrc: undefined,
  }
  let at = start
  let next = first
  for (let count = 0; next >= 3 && count < MOST_EXTENSIONS && at + next <= bytes.size; count++) {
    const view = bytes.view(at, next)
    const content = view.subarray(1, next - 2)
    const reader = new Reader(content, 'little')
    const kind = view[0]
    if (kind === 0 && content.length >= 2)
      found = { ...found, headerCrc: { at: 26 + at - start + 1, crc: reader.u16() } }
    else if (kind === 1) found = { ...found, name: slashes(content) }
    else if (kind === 2) found = { ...found, directory: slashes(content) }
    else if (kind === 0x50 && content.length >= 2) found = { ...found, mode: reader.u16() }
    else if (kind === 0x51 && content.length >= 4)
      found = { ...found, owner: { gid: reader.u16(), uid: reader.u16() } }
    else if (kind === 0x54 && content.length >= 4) found = { ...found, mtime: reader.u32() }
    at += next
    next = new Reader(view, 'little', next - 2).u16()
  }
  return { ...found, length: at - start }
}

/** Directories are parted by a byte of its own; on DOS by backslashes. */
function slashes(content: Uint8Array): string {
  return cString(content).replaceAll('\xff', '/').replaceAll('\\', '/')
}

function pathOf({ directory, name }: { readonly directory: string; readonly name: string }): string {
  return `${directory}/${name}`
    .split('/')
    .filter((part) => part !== '')
    .join('/')
}

function metaOf({ mode, owner, mtime }: Header, method: string, path: string): EntryMeta {
  const isDirectory = method === '-lhd-' && ((mode ?? 0) & 0o170000) !== 0o120000
  const [name, target] = method === '-lhd-' && !isDirectory ? (path.split('|') as [string, string?]) : [path]
  return {
    path: name,
    type: target !== undefined ? 'symlink' : isDirectory ? 'directory' : 'file',
    ...(mode !== undefined && { mode: mode & 0o7777 }),
    ...owner,
    ...(mtime !== undefined && { mtime }),
    ...(target !== undefined && { target }),
  }
}
