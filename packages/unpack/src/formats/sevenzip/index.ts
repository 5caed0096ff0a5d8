import type { Bytes } from '@messlatte/bytes'
import type { Batch, ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { crc32Of, inBatches } from '../members.ts'
import { MAGIC, packedOf, parseStartHeader, readArchive, START, type StartHeader } from './header.ts'
import { isStored, unsupportedOf } from './methods.ts'
import { type SolidFile, type SolidFolder, showFolder } from './solid.ts'
import type { Folder } from './streams.ts'

type Plan =
  | { readonly kind: 'empty'; readonly metas: readonly EntryMeta[] }
  | { readonly kind: 'stored'; readonly at: number; readonly files: readonly SolidFile[] }
  | { readonly kind: 'packed'; readonly folder: SolidFolder; readonly files: readonly SolidFile[] }

export const sevenzip: ContainerFormat<Plan> = {
  kind: 'container',
  name: 'sevenzip',
  title: '7z archive (LZMA, LZMA2, Deflate, BZip2, stored; branch filters, Delta)',
  references: ['LZMA SDK, DOC/7zFormat.txt', 'LZMA SDK, DOC/Methods.txt'],
  limits: [
    'encrypted members are named and not read',
    'BCJ2, PPMd, Deflate64 and the filter for RISC-V are named and not undone',
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

  *open(bytes, region, problem) {
    const header = parseStartHeader(bytes, region.start) as StartHeader
    const { folders, files } = readArchive(bytes, region.start, header)
    const metas = files.filter(({ hasStream }) => !hasStream).map(({ meta }) => meta)
    for (const batch of inBatches(metas, () => 0))
      yield { ...batch, plan: { kind: 'empty', metas: batch.plan } }
    const withContent = files.filter(({ hasStream }) => hasStream).map(({ meta }) => meta)
    let next = 0
    for (const folder of folders) {
      const own = withContent.slice(next, next + folder.contents.length)
      next += folder.contents.length
      const members = own.map((meta, index) => ({
        meta,
        ...(folder.contents[index] as Folder['contents'][0]),
      }))
      yield* batchesOf(bytes, region, folder, members, problem)
    }
    if (next < withContent.length)
      problem('structure', `${withContent.length - next} members have no content`)
  },

  read(bytes, { start }, plan, sink) {
    switch (plan.kind) {
      case 'empty':
        for (const meta of plan.metas) showEmpty(meta, sink)
        return
      case 'stored':
        showStoredFiles(bytes, plan.at, plan.files, sink)
        return
      case 'packed':
        showFolder(bytes, start, plan.folder, plan.files, sink)
    }
  },
}

function* batchesOf(
  bytes: Bytes,
  { start }: Region,
  folder: Folder,
  files: readonly SolidFile[],
  problem: Sink['problem'],
): Generator<Batch<Plan>> {
  const unsupported = unsupportedOf(folder)
  if (unsupported) {
    for (const { meta } of files) problem('unsupported', unsupported, meta.path)
    return
  }
  const [packed] = folder.packed
  if (!packed || files.length === 0) {
    if (files.length > 0) problem('structure', 'a folder without packed bytes', files[0]?.meta.path)
    return
  }
  const cost = files.reduce((sum, { size }) => sum + size, 0)
  const { chain, sizes } = folder
  const plan: Plan = isStored(folder)
    ? { kind: 'stored', at: start + START + packed.at, files }
    : { kind: 'packed', folder: { chain, sizes, packed: [packed] }, files }
  if (packedOf(bytes, start, folder).size < packed.length)
    problem('truncated', 'the archive ends within this folder', files[0]?.meta.path)
  yield { cost, entries: files.length, plan }
}

function showEmpty(meta: EntryMeta, sink: Sink): void {
  if (meta.type === 'file') sink.file(meta, 0, () => {})
  else sink.entry(meta.type === 'symlink' ? { ...meta, target: '' } : meta)
}

function showStoredFiles(bytes: Bytes, at: number, files: readonly SolidFile[], sink: Sink): void {
  let from = at
  for (const { meta, size, crc } of files) {
    const length = Math.max(0, Math.min(size, bytes.size - from))
    if (length < size) sink.problem('truncated', 'the archive ends within this content', meta.path)
    else if (crc !== undefined && crc32Of(bytes, from, size) !== crc)
      sink.problem('checksum', 'the CRC differs', meta.path)
    if (meta.type === 'symlink' && length <= 4096)
      sink.entry({ ...meta, target: Buffer.from(bytes.view(from, length)).toString('latin1') })
    else if (length > 0) sink.slice(meta, from, length)
    from += size
  }
}
