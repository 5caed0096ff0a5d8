import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { type SolidFile, showEmpty, showSolid, showStoredFiles } from '../solid.ts'
import { MAGIC, packedOf, parseStartHeader, readArchive, START, type StartHeader } from './header.ts'
import { isStored, undo, unsupportedOf } from './methods.ts'
import type { Folder, SubStream } from './streams.ts'

/** What of a folder has to travel to another thread. */
type PlannedFolder = Pick<Folder, 'packed' | 'chain' | 'sizes'>

/** A folder, or members without content. */
type Job =
  | { readonly kind: 'empty'; readonly meta: EntryMeta }
  | { readonly kind: 'stored'; readonly at: number; readonly files: readonly SolidFile[] }
  | { readonly kind: 'packed'; readonly folder: PlannedFolder; readonly files: readonly SolidFile[] }

export const sevenzip: ContainerFormat<readonly Job[]> = {
  kind: 'container',
  name: 'sevenzip',
  title: '7z archive (LZMA, LZMA2, PPMd, Deflate, BZip2, stored; branch filters, Delta)',
  references: ['LZMA SDK, DOC/7zFormat.txt', 'LZMA SDK, DOC/Methods.txt'],
  limits: [
    'encrypted members are named and not read',
    'BCJ2, Deflate64 and the filter for RISC-V are named and not undone',
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

  open: (bytes, region, problem) =>
    inBatches(jobsOf(bytes, region, problem), (job) =>
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

function* jobsOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<Job> {
  const header = parseStartHeader(bytes, region.start) as StartHeader
  const { folders, files } = readArchive(bytes, region.start, header)
  for (const { hasStream, meta } of files) if (!hasStream) yield { kind: 'empty', meta }
  const withContent = files.filter(({ hasStream }) => hasStream).map(({ meta }) => meta)
  let next = 0
  for (const folder of folders) {
    const own = withContent.slice(next, next + folder.contents.length)
    next += folder.contents.length
    const members = placed(own, folder.contents)
    const job = jobOf(bytes, region, folder, members, problem)
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

function showFolder(
  bytes: Bytes,
  start: number,
  folder: PlannedFolder,
  files: readonly SolidFile[],
  sink: Sink,
): void {
  const source = packedOf(bytes, start, folder)
  showSolid((write) => undo(source, folder.chain ?? [], folder.sizes, write), files, sink)
}

function jobOf(
  bytes: Bytes,
  { start }: Region,
  folder: Folder,
  files: readonly SolidFile[],
  problem: Sink['problem'],
): Job | undefined {
  const unsupported = unsupportedOf(folder)
  if (unsupported) {
    for (const { meta } of files) problem('unsupported', unsupported, meta.path)
    return undefined
  }
  const [first] = files
  if (!first) return undefined
  const [packed] = folder.packed
  if (!packed) {
    problem('structure', 'a folder without packed bytes', first.meta.path)
    return undefined
  }
  if (packedOf(bytes, start, folder).size < packed.length)
    problem('truncated', 'the archive ends within this folder', first.meta.path)
  const { chain, sizes } = folder
  return isStored(folder)
    ? { kind: 'stored', at: start + START + packed.at, files }
    : { kind: 'packed', folder: { chain, sizes, packed: [packed] }, files }
}
