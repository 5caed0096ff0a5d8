import {
  type Bytes,
  bzip2Stream,
  lzmaAloneStream,
  type StreamEnd,
  sliceBytes,
  xzStream,
} from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { hashStretch, inBatches, whatIsThere } from '../members.ts'
import { zlibStream } from '../zlib/decode.ts'
import {
  checkTable,
  hashOf,
  MAGIC,
  parseHeader,
  readTable,
  type XarContent,
  type XarHeader,
  type XarMember,
} from './toc.ts'

type Decode = (bytes: Bytes, at: number, write: (chunk: Uint8Array) => void) => StreamEnd

const STORED = 'application/octet-stream'
const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  // What it is called, and what it is: a zlib stream.
  ['application/x-gzip', zlibStream],
  ['application/x-bzip2', bzip2Stream],
  ['application/x-lzma', lzmaAloneStream],
  ['application/x-xz', xzStream],
])

interface PlacedMember extends XarMember {
  readonly heapAt: number
}

export const xar: ContainerFormat<readonly PlacedMember[]> = {
  kind: 'container',
  name: 'xar',
  title: 'xar archive (packages of macOS; zlib, BZip2, LZMA, XZ, stored)',
  references: ['xar 1.6, wiki page "xarformat"', 'libarchive, archive_read_support_format_xar.c'],
  limits: [
    'signatures over the table of contents are not verified',
    'extended attributes and access lists are not shown',
    'a table of contents of over 16 MiB packed, or one that is cut off, is not recognised',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseHeader(bytes, at)
    return header && { start: at, end: Math.min(header.heapAt + readTable(bytes, header).end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const header = parseHeader(bytes, start) as XarHeader
    const table = readTable(bytes, header)
    checkTable(bytes, header, table, problem)
    const placed = table.members.map((member) => ({ ...member, heapAt: header.heapAt }))
    yield* inBatches(placed, ({ content }) => content?.size ?? 0)
  },

  read(bytes, _region, plan, sink) {
    for (const member of plan) show(bytes, member, sink)
  },
}

function show(bytes: Bytes, { meta, content, heapAt }: PlacedMember, sink: Sink): void {
  if (meta.type !== 'file') sink.entry(meta)
  else if (!content || content.size === 0) sink.file(meta, 0, () => {})
  else {
    const at = heapAt + content.offset
    const isThere = at + content.packed <= bytes.size
    if (!isThere) sink.problem('truncated', 'the archive ends within this content', meta.path)
    if (content.encoding === STORED) {
      const { length } = isThere ? { length: content.packed } : whatIsThere(bytes, at)
      if (isThere && differs(bytes, at, content)) sink.problem('checksum', 'its digest differs', meta.path)
      sink.slice(meta, Math.min(at, bytes.size), length)
      return
    }
    const decode = DECODERS.get(content.encoding)
    if (decode) sink.stream(meta, (write) => unpack(bytes, at, content, decode, write))
    else sink.problem('unsupported', `its compression (${content.encoding}) is not read`, meta.path)
  }
}

function differs(bytes: Bytes, at: number, { packed, algorithm, digest }: XarContent): boolean {
  const hash = hashOf(algorithm)
  return hash !== undefined && hashStretch(hash, bytes, at, packed).digest('hex') !== digest
}

function unpack(
  bytes: Bytes,
  at: number,
  { packed, algorithm, digest }: XarContent,
  decode: Decode,
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  const from = Math.min(at, bytes.size)
  const source = sliceBytes(bytes, from, Math.min(packed, bytes.size - from))
  const hash = hashOf(algorithm)
  const end = decode(source, 0, (chunk) => {
    hash?.update(chunk)
    write(chunk)
  })
  if (end.problem || !hash) return end
  if (hash.digest('hex') === digest) return { end: end.end, checksum: 'matches' }
  return { end: end.end, checksum: 'differs', problem: { code: 'checksum', message: 'its digest differs' } }
}
