import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, KeyMaterial, Region, Sink } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { passphrasesOf } from '../passphrases.ts'
import { type SolidFile, showEmpty, showSolid, showStoredFiles } from '../solid.ts'
import type { Step } from './folder.ts'
import {
  ENCRYPTED,
  MAGIC,
  parseStartHeader,
  readArchive,
  START,
  type StartHeader,
  undoingOf,
} from './header.ts'
import { isEncrypted, isStored, type Undoing, undo, unsupportedOf } from './methods.ts'
import type { Folder, SubStream } from './streams.ts'

/** What of a folder has to travel to another thread. */
type PlannedFolder = Pick<Folder, 'packed' | 'tree' | 'sizes'> & {
  /** Which of the passwords that were handed in opens it: passwords do not travel. */
  readonly password: number | undefined
}

/** A folder, or members without content. */
type Job =
  | { readonly kind: 'empty'; readonly meta: EntryMeta }
  | { readonly kind: 'stored'; readonly at: number; readonly files: readonly SolidFile[] }
  | { readonly kind: 'packed'; readonly folder: PlannedFolder; readonly files: readonly SolidFile[] }

export const sevenzip: ContainerFormat<readonly Job[]> = {
  kind: 'container',
  name: 'sevenzip',
  title:
    '7z archive (LZMA, LZMA2, PPMd, Deflate, Deflate64, BZip2, zstd, stored; branch filters, BCJ2, Delta; AES with its password)',
  references: [
    'LZMA SDK, DOC/7zFormat.txt',
    'LZMA SDK, DOC/Methods.txt and C/Bcj2.c',
    '7-Zip, CPP/7zip/Crypto/7zAes.cpp',
  ],
  limits: [
    'encrypted members are read where a key handed in is their password, in UTF-8',
    'Brotli, LZ4, LZ5 and Lizard, which other programs than 7-Zip write, are named and not undone',
    'an archive that is cut off shows nothing: its list of members comes last',
    'archives over several files are not put together',
    'properties in a stream of their own are not read; no archiver writes them',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseStartHeader(bytes, at)
    return header && { start: at, end: Math.min(at + START + header.offset + header.size, bytes.size) }
  },

  open: (bytes, region, problem, keys) =>
    inBatches(jobsOf(bytes, region, problem, passwordsOf(keys)), (job) =>
      job.kind === 'empty' ? 0 : job.files.reduce((sum, { size }) => sum + size, 0),
    ),

  read(bytes, { start }, plan, sink) {
    for (const job of plan) {
      switch (job.kind) {
        case 'empty':
          showEmpty(job.meta, sink)
          break
        case 'stored':
          showStoredFiles(bytes, job.at, job.files, sink)
          break
        case 'packed':
          showFolder(bytes, start, job.folder, job.files, sink)
      }
    }
  },
}

/** Passwords that are tried. */
const MOST_PASSWORDS = 32

function passwordsOf(keys: readonly KeyMaterial[]): readonly Uint8Array[] {
  return keys.flatMap(passphrasesOf).slice(0, MOST_PASSWORDS)
}

function* jobsOf(
  bytes: Bytes,
  region: Region,
  problem: Sink['problem'],
  passwords: readonly Uint8Array[],
): Generator<Job> {
  const header = parseStartHeader(bytes, region.start) as StartHeader
  const { folders, files } = readArchive(bytes, region.start, header, passwords)
  for (const { hasStream, meta } of files) if (!hasStream) yield { kind: 'empty', meta }
  const withContent = files.filter(({ hasStream }) => hasStream).map(({ meta }) => meta)
  let next = 0
  let known: number | undefined
  for (const folder of folders) {
    const own = withContent.slice(next, next + folder.contents.length)
    next += folder.contents.length
    const members = placed(own, folder.contents)
    // All folders of an archive mostly have the same one.
    if (isEncrypted(folder) && known === undefined) known = passwordOf(bytes, region.start, folder, passwords)
    const job = jobOf(bytes, region, folder, members, known, problem)
    if (job) yield job
  }
  if (next < withContent.length) problem('structure', `${withContent.length - next} members have no content`)
}

function placed(metas: readonly EntryMeta[], contents: readonly SubStream[]): readonly SolidFile[] {
  let at = 0
  return metas.map((meta, index) => {
    const content = contents[index] as SubStream
    const file = { meta, at, ...content }
    at += content.size
    return file
  })
}

/** Bytes that come out until a password counts. */
const MOST_TRIED = 64 * 1024 * 1024

/** The one with which the first content comes out that its CRC is of. */
function passwordOf(
  bytes: Bytes,
  start: number,
  folder: Folder,
  passwords: readonly Uint8Array[],
): number | undefined {
  const [content] = folder.contents
  if (!content || unsupportedOf(folder)) return undefined
  const size = Math.min(content.size, MOST_TRIED)
  const index = passwords.findIndex((password) => {
    const { done, sum } = beginningOf(folder, undoingOf(bytes, start, folder, password), size)
    return done === size && (size < content.size || content.crc === undefined || sum === content.crc)
  })
  return index < 0 ? undefined : index
}

function beginningOf(
  folder: Folder,
  from: Undoing,
  size: number,
): { readonly done: number; readonly sum: number } {
  let done = 0
  let sum = 0
  const enough = Symbol('all of it came out')
  try {
    undo(folder.tree as Step, from, (chunk) => {
      const part = chunk.subarray(0, size - done)
      sum = crc32(part, sum)
      done += part.length
      if (done === size) throw enough
    })
  } catch (error) {
    if (error !== enough && !(error instanceof DecodeError)) throw error
  }
  return { done, sum }
}

function showFolder(
  bytes: Bytes,
  start: number,
  folder: PlannedFolder,
  files: readonly SolidFile[],
  sink: Sink,
): void {
  const password = folder.password === undefined ? undefined : passwordsOf(sink.keys)[folder.password]
  const from = undoingOf(bytes, start, folder, password)
  showSolid((write) => undo(folder.tree as Step, from, write), files, sink)
}

function jobOf(
  bytes: Bytes,
  { start }: Region,
  folder: Folder,
  files: readonly SolidFile[],
  password: number | undefined,
  problem: Sink['problem'],
): Job | undefined {
  const locked = isEncrypted(folder) && password === undefined
  const unsupported = unsupportedOf(folder) ?? (locked ? ENCRYPTED : undefined)
  if (unsupported) {
    for (const { meta } of files) problem('unsupported', unsupported, meta.path)
    return undefined
  }
  const [first] = files
  if (!first) return undefined
  const { packed, tree, sizes } = folder
  const [only] = packed
  if (!only || packed.length < folder.packedStreams) {
    problem('structure', 'a folder without packed bytes', first.meta.path)
    return undefined
  }
  if (packed.some(({ at, length }) => start + START + at + length > bytes.size))
    problem('truncated', 'the archive ends within this folder', first.meta.path)
  return isStored(folder)
    ? { kind: 'stored', at: start + START + only.at, files }
    : { kind: 'packed', folder: { tree, sizes, packed, password }, files }
}
