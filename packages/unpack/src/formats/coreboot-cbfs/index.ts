import { createHash } from 'node:crypto'
import {
  type Bytes,
  lz4FrameStream,
  lzmaAloneStream,
  type StreamEnd,
  sliceBytes,
  zstdStream,
} from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { isFilled } from '../filled.ts'
import {
  announced,
  distinctPaths,
  hashStretch,
  inBatches,
  jsonText,
  program,
  type Stored,
  showText,
  wrapped,
} from '../members.ts'
import {
  type Cbfs,
  type CbfsFile,
  type Compression,
  legacyStage,
  MAGIC,
  parseCbfs,
  segmentsOf,
} from './parse.ts'

const TABLE = 'cbfs.json'

/** What the headers say, or a content. */
type CbfsMember =
  | { readonly text: string }
  | {
      readonly meta: EntryMeta
      readonly content: Stored
      readonly packed?: keyof typeof DECODERS
      /** Bytes that come out, where that is told. */
      readonly size?: number
    }

const DECODERS = { lzma: lzmaAloneStream, lz4: lz4FrameStream, zstd: zstdStream }

export const corebootCbfs: ContainerFormat<readonly CbfsMember[]> = {
  kind: 'container',
  name: 'coreboot-cbfs',
  title: 'CBFS (file system of coreboot)',
  references: [
    'coreboot, Documentation/cbfs.txt',
    'coreboot, src/commonlib/bsd/include/commonlib/bsd/cbfs_serialized.h',
  ],
  limits: [
    'files whose bytes the linker moved (stages) are shown as they are stored, not as ELF',
    'room in which files are expected anywhere else than at the next 64 bytes is not searched',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const found = parseCbfs(bytes, at)
    return found && { start: at, end: Math.min(found.end, bytes.size) }
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), (member) =>
      'text' in member ? member.text.length : (member.size ?? member.content.length),
    ),

  read(bytes, _region, plan, sink) {
    for (const member of plan) {
      if ('text' in member) showText(TABLE, member.text, sink)
      else if (member.packed === undefined) sink.slice(member.meta, member.content.at, member.content.length)
      else sink.stream(member.meta, (write) => unpack(bytes, member, write))
    }
  },
}

function unpack(
  bytes: Bytes,
  { content, packed, size }: Extract<CbfsMember, { meta: EntryMeta }>,
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  const { at, length } = content
  let written = 0
  const end = DECODERS[packed as keyof typeof DECODERS](sliceBytes(bytes, at, length), 0, (chunk) => {
    written += chunk.length
    write(chunk)
  })
  if (end.problem || size === undefined || written === size) return end
  const message = `${written} bytes came out instead of ${size}`
  return { ...end, problem: { code: 'corrupt', message } }
}

function* membersOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<CbfsMember> {
  const { files, free, end: announcedEnd, isCut } = parseCbfs(bytes, start) as Cbfs
  if (isCut || announcedEnd > bytes.size)
    problem('truncated', 'the image ends within a file or room for one', TABLE)
  const pathOf = distinctPaths()
  yield { text: jsonText({ files: files.map(told) }) }
  for (const file of files) {
    const path = pathOf(file.name, file.content.at - start)
    if (hashDiffers(bytes, file)) problem('checksum', `its ${file.hash?.algorithm} differs`, path)
    yield* contentsOf(bytes, path, file, problem)
  }
  for (const { at, length } of free) {
    const behind = Math.min(at + length, end)
    if (at >= behind || [0xff, 0].some((filler) => isFilled(bytes, at, behind, filler))) continue
    yield { meta: wrapped(`free-0x${(at - start).toString(16)}`), content: { at, length: behind - at } }
  }
}

function told({ name, type, content, compression, unpackedSize, hash }: CbfsFile) {
  return {
    name,
    type,
    size: content.length,
    ...(compression !== 'none' && { compression, unpackedSize }),
    ...(hash && { [hash.algorithm]: Buffer.from(hash.digest).toString('hex') }),
  }
}

function hashDiffers(bytes: Bytes, { content, hash }: CbfsFile): boolean {
  if (!hash || content.at + content.length > bytes.size) return false
  const sum = hashStretch(createHash(hash.algorithm), bytes, content.at, content.length).digest()
  return !sum.equals(hash.digest)
}

/** The content of a file, or the parts of a program. */
function* contentsOf(
  bytes: Bytes,
  path: string,
  { type, content, compression, unpackedSize }: CbfsFile,
  problem: Sink['problem'],
): Generator<CbfsMember> {
  const parts = type === 'payload' ? segmentsOf(bytes, content) : undefined
  if (parts) {
    for (const part of parts)
      yield memberOf(bytes, program(`${path}/${part.name}`), part.content, part.compression, problem)
    return
  }
  const stage = type === 'legacy stage' ? legacyStage(bytes, content) : undefined
  if (stage) yield memberOf(bytes, program(path), stage.content, stage.compression, problem)
  else {
    const isProgram = type === 'stage' || type === 'bootblock'
    const meta = isProgram ? program(path) : wrapped(path)
    const member = memberOf(bytes, meta, content, compression, problem)
    yield 'packed' in member ? { ...member, size: unpackedSize } : member
  }
}

function memberOf(
  bytes: Bytes,
  meta: EntryMeta,
  stored: Stored,
  compression: Compression,
  problem: Sink['problem'],
): Extract<CbfsMember, { meta: EntryMeta }> {
  const content = announced(bytes, meta.path, stored, problem).content as Stored
  if (compression === 'none') return { meta, content }
  if (typeof compression !== 'number') return { meta, content, packed: compression }
  problem('unsupported', `compression ${compression}: it is shown as it is stored`, meta.path)
  return { meta, content }
}
