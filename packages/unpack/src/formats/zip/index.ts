import { crc32 } from 'node:zlib'
import {
  type Bytes,
  DecodeError,
  inflateRaw,
  inflateStream,
  latin1,
  MAX_VIEW,
  type StreamEnd,
  sliceBytes,
} from '@messlatte/bytes'
import { type ContainerFormat, type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { crc32Of, inBatches } from '../members.ts'
import { metaOf } from './meta.ts'
import { findArchive, readDirectory, walkLocals, withoutOverlaps, type ZipMember } from './parse.ts'
import { LOCALS } from './records.ts'

interface PlannedMember {
  readonly meta: EntryMeta
  /** Where the data lies; undefined for directories. */
  readonly data?: {
    readonly at: number
    readonly compressed: number
    readonly size: number
    readonly crc: number
    readonly deflated: boolean
  }
}

const ENCRYPTED = 1
const STORED = 0
const DEFLATED = 8
/** DEFLATE yields at most so many bytes for each one; a header that says more lies. */
const MAX_RATIO = 1032
const MAX_TARGET = 4096

export const zip: ContainerFormat<readonly PlannedMember[]> = {
  kind: 'container',
  name: 'zip',
  title: 'ZIP archive (stored, deflate, zip64; also as Dahua and Instar mark it)',
  references: [
    'PKWARE APPNOTE.TXT 6.3.10',
    'Info-ZIP, extrafld.txt',
    'binwalk 3, src/signatures/dahua_zip.rs; unblob, handlers/archive/instar/instar_hd.py',
  ],
  limits: [
    'encrypted members are named and not read',
    'methods other than stored and deflate are not read',
    'times without a time zone are taken for UTC',
    'without a directory, modes and types are not known: links are files',
    'archives over several disks are not put together',
  ],
  magic: LOCALS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const archive = findArchive(bytes, at)
    return archive && { start: archive.start, end: archive.end }
  },

  open: (bytes, region, problem) =>
    inBatches(planned(bytes, region, problem), (member) => member.data?.size ?? 0),

  read(bytes, _region, plan, sink) {
    for (const member of plan) show(bytes, member, sink)
  },
}

function* planned(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<PlannedMember> {
  const { apart, overlapping } = withoutOverlaps(listMembers(bytes, region, problem))
  for (const { header } of overlapping)
    problem('structure', 'its bytes belong to another member too', header.name)
  for (const { header, dataAt } of apart) {
    const { method, compressed, size, crc, name } = header
    const meta = metaOf(header)
    if (meta.type !== 'file' && meta.type !== 'symlink') yield { meta }
    else if (header.flags & ENCRYPTED) problem('unsupported', 'encrypted', name)
    else if (method !== STORED && method !== DEFLATED)
      problem('unsupported', `compression method ${method}`, name)
    else if (!(dataAt + compressed <= bytes.size))
      problem('truncated', 'the archive ends within this content', name)
    else if (method === STORED ? size !== compressed : size > compressed * MAX_RATIO + 64)
      problem('structure', `${size} bytes out of ${compressed}`, name)
    else yield { meta, data: { at: dataAt, compressed, size, crc, deflated: method === DEFLATED } }
  }
}

/** By the directory where it is whole, else by the local headers. */
function listMembers(bytes: Bytes, region: Region, problem: Sink['problem']): readonly ZipMember[] {
  const record = findArchive(bytes, region.start)?.record
  const directory = record && readDirectory(bytes, record)
  if (directory?.whole) {
    for (const name of directory.lost) problem('structure', 'no local header where the directory says', name)
    return directory.members
  }
  problem(record ? 'structure' : 'truncated', 'no whole directory: members are listed by their local headers')
  const members: ZipMember[] = []
  const walk = walkLocals(bytes, region.start)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) return members
    members.push(step.value)
  }
}

function show(bytes: Bytes, { meta, data }: PlannedMember, sink: Sink): void {
  if (!data) {
    sink.entry(meta)
  } else if (meta.type === 'symlink') {
    showLink(bytes, meta, data, sink)
  } else if (!data.deflated) {
    if (crc32Of(bytes, data.at, data.size) !== data.crc)
      sink.problem('checksum', 'the CRC differs', meta.path)
    sink.slice(meta, data.at, data.size)
  } else if (data.compressed <= MAX_VIEW && data.size <= MAX_VIEW) {
    sink.file(meta, data.size, (out) => inflate(bytes, data, out, meta.path, sink))
  } else {
    sink.stream(meta, (write) => inflateLong(bytes, data, write))
  }
}

type Data = NonNullable<PlannedMember['data']>

function inflate(bytes: Bytes, data: Data, out: Uint8Array, path: string, sink: Sink): void {
  const written = inflateRaw(bytes.view(data.at, data.compressed), out)
  if (written !== out.length)
    throw new FormatError('structure', `${written} bytes came out instead of ${out.length}`)
  if (crc32(out) !== data.crc) sink.problem('checksum', 'the CRC differs', path)
}

function inflateLong(bytes: Bytes, data: Data, write: (chunk: Uint8Array) => void): StreamEnd {
  let sum = 0
  let size = 0
  try {
    const end = inflateStream(sliceBytes(bytes, data.at, data.compressed), 0, (chunk) => {
      sum = crc32(chunk, sum)
      size += chunk.length
      if (size > data.size) throw new DecodeError('output-full', `over ${data.size} bytes come out`)
      write(chunk)
    })
    if (size !== data.size)
      throw new DecodeError('truncated', `${size} bytes came out instead of ${data.size}`)
    if (sum === data.crc) return { end: data.at + end, checksum: 'matches' }
    return {
      end: data.at + end,
      checksum: 'differs',
      problem: { code: 'checksum', message: 'the CRC differs' },
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return {
      end: data.at + data.compressed,
      checksum: 'none',
      problem: { code: error.code, message: error.message },
    }
  }
}

/** The content of a link is its target. */
function showLink(bytes: Bytes, meta: EntryMeta, data: Data, sink: Sink): void {
  try {
    if (data.size > MAX_TARGET) throw new FormatError('structure', `a target of ${data.size} bytes`)
    const target = new Uint8Array(data.size)
    if (data.deflated) inflate(bytes, data, target, meta.path, sink)
    else bytes.copy(data.at, target)
    sink.entry({ ...meta, target: latin1(target) })
  } catch (error) {
    if (!(error instanceof DecodeError) && !(error instanceof FormatError)) throw error
    sink.problem('structure', error.message, meta.path)
  }
}
