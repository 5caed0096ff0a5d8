import { type Bytes, BytesError, LZX_FRAME, sliceBytes } from '@messlatte/bytes'
import { type ContainerFormat, type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { inBatches, whatIsThere, wrapped } from '../members.ts'
import { type SolidFile, showEmpty, showSolid } from '../solid.ts'
import { type Compressed, compressedIn, decodeFrom, resetBefore } from './compressed.ts'
import { type ChmEntry, entriesOf } from './directory.ts'
import { type ChmHeader, headerAt, MAGICS } from './header.ts'

/** What is decoded at once, in bytes that come out: damage costs no more. */
const STRETCH = 1024 * 1024
/** Of a stretch, at most this part is decoded in vain before its first content. */
const INTERVALS_IN_STRETCH = 4

/** Contents as they are, or those that are decoded in one go. */
type Job =
  | { readonly kind: 'stored'; readonly meta: EntryMeta; readonly at: number; readonly size: number }
  | { readonly kind: 'empty'; readonly meta: EntryMeta }
  | {
      readonly kind: 'packed'
      readonly section: Compressed
      readonly from: number
      readonly files: readonly SolidFile[]
    }

export const chm: ContainerFormat<readonly Job[]> = {
  kind: 'container',
  name: 'chm',
  title: 'Compiled HTML help (CHM; ITSF, stored and LZX)',
  references: [
    'chmspec, "ITSF format"',
    'CHMLib, src/chm_lib.c',
    '[MS-PATCH] LZX DELTA Compression and Decompression, section 2',
  ],
  limits: [
    'Help 2 (.hxs, ITOLITLS) and e-books (.lit) are not read',
    'sections by other names than MSCompressed are not read',
    'the files have no times, owners and modes',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const header = quietHeaderAt(bytes, at)
    return header && { start: at, end: Math.min(at + header.size, bytes.size) }
  },

  open: (bytes, region, problem) => inBatches(jobsOf(bytes, region, problem), costOf),

  read(bytes, _region, plan, sink) {
    for (const job of plan) show(bytes, job, sink)
  },
}

/** What a cut has taken away speaks for nothing. */
function quietHeaderAt(bytes: Bytes, at: number): ChmHeader | undefined {
  try {
    return headerAt(bytes, at)
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

function costOf(job: Job): number {
  switch (job.kind) {
    case 'empty':
      return 0
    case 'stored':
      return job.size
    case 'packed':
      return job.files.reduce((sum, { size }) => sum + Math.min(size, job.section.frames * LZX_FRAME), 0)
  }
}

function* jobsOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<Job> {
  const header = headerAt(bytes, start) as ChmHeader
  if (start + header.size > end)
    problem('truncated', `${header.size} bytes are announced, ${end - start} are there`)
  const entries = [...entriesOf(bytes, start, header, problem)]
  const contentAt = start + header.contentAt
  const files = entries.filter(({ name }) => name.startsWith('/') && name.length > 1)
  for (const { name } of files.filter(({ name, size }) => name.endsWith('/') && size === 0))
    yield { kind: 'empty', meta: { ...wrapped(name.slice(1, -1)), type: 'directory' } }
  const contents = files.filter(({ name }) => !name.endsWith('/'))
  for (const { name } of contents.filter(({ size }) => size === 0))
    yield { kind: 'empty', meta: metaOf(name) }
  const bySection = (section: number) =>
    placed(
      contents.filter((one) => one.section === section),
      problem,
    )
  // What lies behind the size that the image tells of itself is not its own.
  const own = sliceBytes(bytes, 0, end)
  for (const { name, at, size } of bySection(0)) yield stored(own, contentAt + at, name, size, problem)
  yield* packedJobs(bytes, contentAt, entries, bySection(1), problem)
  const others = contents.filter(({ section, size }) => section > 1 && size > 0)
  for (const { name, section } of others)
    problem('unsupported', `it lies in the section ${section}`, metaOf(name).path)
}

function metaOf(name: string): EntryMeta {
  return wrapped(name.slice(1))
}

function stored(bytes: Bytes, at: number, name: string, size: number, problem: Sink['problem']): Job {
  const meta = metaOf(name)
  if (at + size <= bytes.size) return { kind: 'stored', meta, at, size }
  problem('truncated', 'the image ends within this content', meta.path)
  const there = whatIsThere(bytes, at)
  return { kind: 'stored', meta, at: there.at, size: there.length }
}

/** Ascending; what overlaps with the file before it is refused, so that no byte is shown twice. */
function placed(entries: readonly ChmEntry[], problem: Sink['problem']): readonly ChmEntry[] {
  const found: ChmEntry[] = []
  let end = 0
  for (const entry of entries.filter(({ size }) => size > 0).toSorted((a, b) => a.at - b.at)) {
    if (entry.at < end) {
      problem('structure', 'its bytes belong to another member too', metaOf(entry.name).path)
      continue
    }
    end = entry.at + entry.size
    found.push(entry)
  }
  return found
}

function* packedJobs(
  bytes: Bytes,
  contentAt: number,
  entries: readonly ChmEntry[],
  files: readonly ChmEntry[],
  problem: Sink['problem'],
): Generator<Job> {
  if (files.length === 0) return
  const section = sectionOf(bytes, contentAt, entries, problem)
  if (!section) return problem('structure', `${files.length} members of the compressed section are lost`)
  const most = Math.max(STRETCH, INTERVALS_IN_STRETCH * section.interval * LZX_FRAME)
  let stretch: ChmEntry[] = []
  for (const file of files) {
    const first = stretch[0]
    if (first && file.at + file.size - first.at > most) {
      yield packedJob(section, stretch)
      stretch = []
    }
    stretch.push(file)
  }
  yield packedJob(section, stretch)
}

function packedJob(section: Compressed, entries: readonly ChmEntry[]): Job {
  const from = resetBefore(section, entries[0]?.at ?? 0)
  const files = entries.map(
    ({ name, at, size }): SolidFile => ({ meta: metaOf(name), at: at - from, size, crc: undefined }),
  )
  return { kind: 'packed', section, from, files }
}

function sectionOf(
  bytes: Bytes,
  contentAt: number,
  entries: readonly ChmEntry[],
  problem: Sink['problem'],
): Compressed | undefined {
  try {
    return compressedIn(bytes, contentAt, entries)
  } catch (error) {
    if (error instanceof FormatError) problem(error.code, error.message)
    else if (error instanceof BytesError) problem('truncated', error.message)
    else throw error
    return undefined
  }
}

function show(bytes: Bytes, job: Job, sink: Sink): void {
  switch (job.kind) {
    case 'empty':
      showEmpty(job.meta, sink)
      break
    case 'stored':
      sink.slice(job.meta, job.at, job.size)
      break
    case 'packed':
      showSolid((write) => decodeFrom(bytes, job.section, job.from, write), job.files, sink)
  }
}
