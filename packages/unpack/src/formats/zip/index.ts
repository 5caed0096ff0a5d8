import { crc32 } from 'node:zlib'
import {
  type Bytes,
  DecodeError,
  inflateRaw,
  latin1,
  MAX_VIEW,
  memoryBytes,
  type StreamEnd,
} from '@messlatte/bytes'
import {
  type ContainerFormat,
  type EntryMeta,
  FormatError,
  type KeyMaterial,
  type Region,
  type Sink,
} from '../../contract.ts'
import { crc32Of, inBatches } from '../members.ts'
import { isTooLarge, packedBytes, TOO_LARGE } from '../packed-member.ts'
import { passphrasesOf } from '../passphrases.ts'
import { type BlockImage, blockImagesOf, makesBlockImage, showBlockImage } from './block-images.ts'
import { type Data, unpackLong, type ZipContent } from './content.ts'
import { ENCRYPTED, lockOf, MOST_HEAD, mayFit, unlock } from './decrypt.ts'
import { metaOf } from './meta.ts'
import { DEFLATED, METHODS, STORED } from './methods.ts'
import { findArchive, readDirectory, walkLocals, withoutOverlaps, type ZipMember } from './parse.ts'
import { LOCALS, MARKS, type ZipHeader } from './records.ts'

/** A member, or what two of them make together. */
type PlannedMember = ZipContent | BlockImage

/** Passwords that are tried. */
const MOST_PASSWORDS = 32

/** DEFLATE yields at most so many bytes for each one; a header that says more lies. */
const MAX_RATIO = 1032
const MAX_TARGET = 4096

export const zip: ContainerFormat<readonly PlannedMember[]> = {
  kind: 'container',
  name: 'zip',
  title:
    'ZIP archive (stored, shrink, implode, deflate, Deflate64, bzip2, LZMA, zstd, xz, zip64; also as Dahua and Instar mark it)',
  references: [
    'PKWARE APPNOTE.TXT 6.3.10',
    'Info-ZIP, extrafld.txt',
    'WinZip, AES Encryption Information: AE-1 and AE-2',
    'AOSP, build/make/tools/releasetools/blockimgdiff.py',
    'binwalk 3, src/signatures/dahua_zip.rs; unblob, handlers/archive/instar/instar_hd.py',
  ],
  limits: [
    'encrypted members are read where a key handed in is their password (PKZIP 2, and AES as WinZip has it); links among them are files',
    'PPMd, and what PKZIP reduced (methods 2 to 5), are named and not undone',
    'times without a time zone are taken for UTC',
    'without a directory, modes and types are not known: links are files',
    'of an archive over several disks, all of them have to be handed in together, or to lie in one folder',
    'partitions of Android 5 to 9 (`transfer.list` with `new.dat`) are put together where that takes no old image',
  ],
  magic: [...LOCALS, ...MARKS.map((mark) => `${mark}${LOCALS[0]}`)].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const archive = findArchive(bytes, at)
    return archive && { start: archive.start, end: archive.end }
  },

  open: (bytes, region, problem, keys) =>
    inBatches(allOf(planned(bytes, region, problem, passwordsOf(keys))), (member) =>
      'list' in member ? member.blocks.size : (member.data?.size ?? 0),
    ),

  read(bytes, _region, plan, sink) {
    for (const member of plan) {
      if ('list' in member) showBlockImage(bytes, member, sink)
      else show(bytes, member, sink)
    }
  },
}

function passwordsOf(keys: readonly KeyMaterial[]): readonly Uint8Array[] {
  return keys.flatMap(passphrasesOf).slice(0, MOST_PASSWORDS)
}

/** The members, and what some of them make together. */
function* allOf(members: Iterable<ZipContent>): Generator<PlannedMember> {
  const known: ZipContent[] = []
  for (const member of members) {
    if (makesBlockImage(member)) known.push(member)
    yield member
  }
  yield* blockImagesOf(known)
}

function* planned(
  bytes: Bytes,
  region: Region,
  problem: Sink['problem'],
  passwords: readonly Uint8Array[],
): Generator<ZipContent> {
  const { apart, overlapping } = withoutOverlaps(listMembers(bytes, region, problem))
  for (const { header } of overlapping)
    problem('structure', 'its bytes belong to another member too', header.name)
  for (const { header, dataAt } of apart) {
    const { method, compressed, size, crc, name } = header
    const meta = metaOf(header)
    if (meta.type !== 'file' && meta.type !== 'symlink') yield { meta }
    else if (header.flags & ENCRYPTED) {
      const member = openedMember(bytes, { header, dataAt }, meta, passwords)
      if (typeof member === 'string') problem('unsupported', member, name)
      else yield member
    } else if (method !== STORED && !METHODS.has(method))
      problem('unsupported', `compression method ${method}`, name)
    else if (!(dataAt + compressed <= bytes.size))
      problem('truncated', 'the archive ends within this content', name)
    else if (isImpossible(header)) problem('structure', `${size} bytes out of ${compressed}`, name)
    else yield { meta, data: { at: dataAt, compressed, size, crc, method, flags: header.flags } }
  }
}

/** A member that is encrypted, or why it cannot be read. */
function openedMember(
  bytes: Bytes,
  { header, dataAt }: Pick<ZipMember, 'header' | 'dataAt'>,
  meta: EntryMeta,
  passwords: readonly Uint8Array[],
): ZipContent | string {
  const { compressed, size, crc } = header
  const found = lockOf(header)
  if (!found) return 'encrypted in a way that is not read'
  const { lock, method } = found
  if (method !== STORED && !METHODS.has(method)) return `encrypted, compression method ${method}`
  const packed = { at: dataAt, packed: compressed }
  if (isTooLarge(packed)) return `encrypted, and ${TOO_LARGE}`
  const head = packedBytes(bytes, { at: dataAt, packed: Math.min(MOST_HEAD, compressed) })
  const fitting = [...passwords.keys()].filter((index) => mayFit(lock, head, passwords[index] as Uint8Array))
  const dataOf = (password: number): Data => ({
    ...{ at: dataAt, compressed, size, crc, method, flags: header.flags },
    locked: { lock, password },
  })
  // Where several pass what the head tells, the content decides.
  const password =
    fitting.length > 1
      ? fitting.find((index) => !decodeLocked(bytes, dataOf(index), passwords, () => {}).problem)
      : fitting[0]
  return password === undefined ? 'encrypted, and no key fits' : { meta, data: dataOf(password) }
}

function isImpossible({ method, size, compressed }: ZipHeader): boolean {
  if (method === STORED) return size !== compressed
  return method === DEFLATED && size > compressed * MAX_RATIO + 64
}

/** By the directory where it is whole, else by the local headers. */
function listMembers(bytes: Bytes, region: Region, problem: Sink['problem']): readonly ZipMember[] {
  const { record, firstAt } = findArchive(bytes, region.start) ?? { firstAt: region.start }
  const directory = record && readDirectory(bytes, record)
  if (directory?.whole) {
    for (const name of directory.lost) problem('structure', 'no local header where the directory says', name)
    return directory.members
  }
  problem(record ? 'structure' : 'truncated', 'no whole directory: members are listed by their local headers')
  const members: ZipMember[] = []
  const walk = walkLocals(bytes, firstAt)
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) return members
    members.push(step.value)
  }
}

function show(bytes: Bytes, { meta, data }: ZipContent, sink: Sink): void {
  if (!data) {
    sink.entry(meta)
  } else if (data.locked) {
    const passwords = passwordsOf(sink.keys)
    sink.stream({ ...meta, type: 'file' }, (write) => decodeLocked(bytes, data, passwords, write))
  } else if (meta.type === 'symlink') {
    showLink(bytes, meta, data, sink)
  } else if (data.method === STORED) {
    if (crc32Of(bytes, data.at, data.size) !== data.crc)
      sink.problem('checksum', 'the CRC differs', meta.path)
    sink.slice(meta, data.at, data.size)
  } else if (data.method === DEFLATED && data.compressed <= MAX_VIEW && data.size <= MAX_VIEW) {
    sink.file(meta, data.size, (out) => inflate(bytes, data, out, meta.path, sink))
  } else {
    sink.stream(meta, (write) => unpackLong(bytes, data, write))
  }
}

function inflate(bytes: Bytes, data: Data, out: Uint8Array, path: string, sink: Sink): void {
  const written = inflateRaw(bytes.view(data.at, data.compressed), out)
  if (written !== out.length)
    throw new FormatError('structure', `${written} bytes came out instead of ${out.length}`)
  if (crc32(out) !== data.crc) sink.problem('checksum', 'the CRC differs', path)
}

/** Decrypts a content, and unpacks it. */
function decodeLocked(
  bytes: Bytes,
  data: Data,
  passwords: readonly Uint8Array[],
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  const { at, compressed, locked } = data
  const password = locked && passwords[locked.password]
  if (!password) throw new FormatError('unsupported', 'its key is not there')
  const { content, holds } = unlock(locked.lock, packedBytes(bytes, { at, packed: compressed }), password)
  const plain = { ...data, at: 0, compressed: content.length }
  const hasCrc = locked.lock.kind === 'traditional' || locked.lock.hasCrc
  const end = { ...unpackLong(memoryBytes(content), plain, write, hasCrc), end: at + compressed }
  if (end.problem || holds !== false) return end
  const problem = { code: 'checksum' as const, message: 'the sum of what is encrypted differs' }
  return { end: end.end, checksum: 'differs', problem }
}

/** The content of a link is its target. */
function showLink(bytes: Bytes, meta: EntryMeta, data: Data, sink: Sink): void {
  try {
    if (data.size > MAX_TARGET) throw new FormatError('structure', `a target of ${data.size} bytes`)
    const target = new Uint8Array(data.size)
    if (data.method === STORED) bytes.copy(data.at, target)
    else if (data.method === DEFLATED) inflate(bytes, data, target, meta.path, sink)
    else fillWith(target, (write) => unpackLong(bytes, data, write))
    sink.entry({ ...meta, target: latin1(target) })
  } catch (error) {
    if (!(error instanceof DecodeError) && !(error instanceof FormatError)) throw error
    sink.problem('structure', error.message, meta.path)
  }
}

/** @throws DecodeError */
function fillWith(out: Uint8Array, decode: (write: (chunk: Uint8Array) => void) => StreamEnd): void {
  let at = 0
  const { problem } = decode((chunk) => {
    out.set(chunk, at)
    at += chunk.length
  })
  if (problem) throw new DecodeError(problem.code, problem.message)
}
