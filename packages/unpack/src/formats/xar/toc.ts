import { createHash } from 'node:crypto'
import { type Bytes, latin1, Reader, zlibBlock } from '@messlatte/bytes'
import { type EntryMeta, type EntryType, FormatError, type Sink } from '../../contract.ts'
import { attributeOf, childOf, numberOf, parseXml, textOf, type XmlElement } from './xml.ts'

export const MAGIC = 'xar!'
const HEADER = 28
const MOST_HEADER = 4096
const [MOST_PACKED, MOST_TABLE] = [16 * 1024 * 1024, 64 * 1024 * 1024]

/** Big endian: how long the table of contents is, packed and plain; behind it lies the heap. */
export interface XarHeader {
  readonly tableAt: number
  readonly packed: number
  readonly size: number
  readonly heapAt: number
}

export interface XarContent {
  /** From the start of the heap, in bytes. */
  readonly offset: number
  /** Bytes in the heap, and unpacked. */
  readonly packed: number
  readonly size: number
  readonly encoding: string
  /** Of the unpacked content: `sha1` and a hex digest; empty where there is none. */
  readonly algorithm: string
  readonly digest: string
}

export interface XarMember {
  readonly meta: EntryMeta
  readonly content: XarContent | undefined
}

export interface XarTable {
  readonly members: readonly XarMember[]
  /** Where in the heap the table's own digest lies, and the table as it is there. */
  readonly checksum:
    | { readonly algorithm: string; readonly offset: number; readonly size: number }
    | undefined
  /** Behind the last content, from the start of the heap, in bytes. */
  readonly end: number
}

export function parseHeader(bytes: Bytes, at: number): XarHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [length, version] = [reader.u16(), reader.u16()]
  const [packed, size] = [reader.size64(), reader.size64()]
  if (length < HEADER || length > MOST_HEADER || version !== 1 || packed > MOST_PACKED || size > MOST_TABLE)
    return undefined
  const tableAt = at + length
  return tableAt + packed > bytes.size ? undefined : { tableAt, packed, size, heapAt: tableAt + packed }
}

/** @throws DecodeError | FormatError for what is none */
export function readTable(bytes: Bytes, { tableAt, packed, size }: XarHeader): XarTable {
  const plain = new Uint8Array(size)
  const written = zlibBlock(bytes.view(tableAt, packed), plain)
  if (written !== size)
    throw new FormatError('structure', `${written} of ${size} bytes of the table come out`)
  const toc = childOf(childOf(parseXml(Buffer.from(plain).toString()), 'xar'), 'toc')
  if (!toc) throw new FormatError('structure', 'no table of contents')
  const members = membersOf(toc)
  const sum = childOf(toc, 'checksum')
  const [offset, length] = [numberOf(sum, 'offset'), numberOf(sum, 'size')]
  const checksum =
    offset === undefined || length === undefined
      ? undefined
      : { algorithm: attributeOf(sum, 'style').toLowerCase(), offset, size: length }
  const ends = members.map(({ content }) => (content ? content.offset + content.packed : 0))
  const signature = childOf(toc, 'signature')
  const signed = (numberOf(signature, 'offset') ?? 0) + (numberOf(signature, 'size') ?? 0)
  const end = ends.reduce(
    (most, one) => Math.max(most, one),
    Math.max(signed, offset === undefined ? 0 : offset + (length ?? 0)),
  )
  return { members, checksum, end }
}

/** Hard links name the one that has the content by its number, which may come behind them. */
function membersOf(toc: XmlElement): readonly XarMember[] {
  const files = [...filesIn(toc, '')]
  const paths = new Map(files.map(({ file, path }) => [attributeOf(file, 'id'), path]))
  return files.map(({ file, path }) => {
    const meta = metaOf(file, path)
    const original = paths.get(attributeOf(childOf(file, 'type'), 'link'))
    if (textOf(file, 'type') === HARD_LINK && original !== undefined && original !== path)
      return { meta: { ...meta, type: 'hardlink', target: original }, content: undefined }
    return { meta, content: meta.type === 'file' ? contentOf(childOf(file, 'data')) : undefined }
  })
}

interface PlacedFile {
  readonly file: XmlElement
  readonly path: string
}

function* filesIn(parent: XmlElement, folder: string): Generator<PlacedFile> {
  for (const file of parent.children) {
    if (file.name !== 'file') continue
    const path = `${folder}${nameOf(file)}`
    yield { file, path }
    yield* filesIn(file, `${path}/`)
  }
}

/** A byte string of UTF-8; what XML cannot hold is kept in Base64. */
function nameOf(file: XmlElement): string {
  const name = childOf(file, 'name')
  const text = name?.text ?? ''
  return latin1(Buffer.from(text, attributeOf(name, 'enctype') === 'base64' ? 'base64' : 'utf8'))
}

const HARD_LINK = 'hardlink'
const TYPES: Readonly<Record<string, EntryType>> = {
  directory: 'directory',
  symlink: 'symlink',
  [HARD_LINK]: 'file',
  fifo: 'fifo',
  'character special': 'character',
  'block special': 'block',
  socket: 'socket',
}

function metaOf(file: XmlElement, path: string): EntryMeta {
  const type = TYPES[textOf(file, 'type')] ?? 'file'
  const mode = textOf(file, 'mode')
  const time = Date.parse(textOf(file, 'mtime'))
  const device = childOf(file, 'device')
  const [uid, gid] = [numberOf(file, 'uid'), numberOf(file, 'gid')]
  return {
    path,
    type,
    ...(/^[0-7]{1,6}$/.test(mode) && { mode: Number.parseInt(mode, 8) & 0o7777 }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    ...(Number.isFinite(time) && { mtime: Math.floor(time / 1000) }),
    ...(type === 'symlink' && { target: latin1(Buffer.from(textOf(file, 'link'))) }),
    ...(device && {
      device: { major: numberOf(device, 'major') ?? 0, minor: numberOf(device, 'minor') ?? 0 },
    }),
  }
}

function contentOf(data: XmlElement | undefined): XarContent | undefined {
  const [offset, packed, size] = [numberOf(data, 'offset'), numberOf(data, 'length'), numberOf(data, 'size')]
  if (!data || offset === undefined || packed === undefined || size === undefined) return undefined
  const sum = childOf(data, 'extracted-checksum')
  return {
    offset,
    packed,
    size,
    encoding: attributeOf(childOf(data, 'encoding'), 'style') || 'application/octet-stream',
    algorithm: attributeOf(sum, 'style').toLowerCase(),
    digest: sum?.text.trim().toLowerCase() ?? '',
  }
}

/** Tells a digest of the table that differs. */
export function checkTable(bytes: Bytes, header: XarHeader, table: XarTable, problem: Sink['problem']): void {
  const { checksum } = table
  const hash = hashOf(checksum?.algorithm ?? '')
  const at = header.heapAt + (checksum?.offset ?? 0)
  if (!checksum || !hash || checksum.size > 64 || at + checksum.size > bytes.size) return
  const computed = hash.update(bytes.view(header.tableAt, header.packed)).digest()
  if (!computed.equals(bytes.view(at, checksum.size)))
    problem('checksum', 'the digest of the table of contents differs')
}

/** Undefined for an algorithm that is not known. */
export function hashOf(algorithm: string) {
  return ['md5', 'sha1', 'sha256', 'sha512'].includes(algorithm) ? createHash(algorithm) : undefined
}
