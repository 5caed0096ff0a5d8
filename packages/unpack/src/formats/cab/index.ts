import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { type SolidFile, showSolid } from '../solid.ts'
import { decodeFolder } from './blocks.ts'
import {
  type CabFile,
  type CabFolder,
  type CabHeader,
  MAGIC,
  parseCabHeader,
  pathOf,
  timeOf,
  walkFiles,
} from './parse.ts'

interface Job {
  readonly folder: CabFolder
  readonly blockReserve: number
  readonly files: readonly SolidFile[]
}

export const cab: ContainerFormat<readonly Job[]> = {
  kind: 'container',
  name: 'cab',
  title: 'Microsoft Cabinet (stored, MSZIP)',
  references: [
    '[MS-CAB] Cabinet File Format',
    'Microsoft Cabinet SDK, "Microsoft MSZIP Data Compression Format"',
  ],
  limits: [
    'LZX and Quantum are named and not undone',
    'files that come from another cabinet or go on in one are named and not read',
    'a signature behind the cabinet is not part of it',
    'times have no time zone and are taken for UTC; there are no Unix modes',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseCabHeader(bytes, at)
    return header && { start: at, end: Math.min(at + header.size, bytes.size) }
  },

  open: (bytes, region, problem) =>
    inBatches(jobsOf(bytes, region, problem), ({ files }) => files.reduce((sum, { size }) => sum + size, 0)),

  read(bytes, { start }, plan, sink) {
    for (const { folder, blockReserve, files } of plan) {
      const empty = files.filter(({ size }) => size === 0)
      for (const { meta } of empty) sink.file(meta, 0, () => {})
      const filled = files.filter(({ size }) => size > 0)
      if (filled.length === 0) continue
      showSolid(
        (write) => decodeFolder(bytes, start, folder, blockReserve, sink.problem, write),
        filled,
        sink,
      )
    }
  },
}

function* jobsOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<Job> {
  const header = parseCabHeader(bytes, start) as CabHeader
  if (start + header.size > bytes.size)
    problem('truncated', `${header.size} bytes are announced, ${bytes.size - start} are there`)
  const byFolder = header.folders.map((): CabFile[] => [])
  for (const file of walkFiles(bytes, start, header, problem)) {
    const list = byFolder[file.folder]
    if (list) list.push(file)
    else problem('unsupported', 'it lies in more than one cabinet', pathOf(file.name))
  }
  for (const [index, folder] of header.folders.entries()) {
    const files = placed(byFolder[index] ?? [], problem)
    if (folder.method === 'stored' || folder.method === 'mszip')
      yield { folder, blockReserve: header.blockReserve, files }
    else for (const { meta } of files) problem('unsupported', `compressed with ${folder.method}`, meta.path)
  }
}

/** Ascending; what overlaps with the file before it is refused, so that no byte is shown twice. */
function placed(files: readonly CabFile[], problem: Sink['problem']): readonly SolidFile[] {
  const placedFiles: SolidFile[] = []
  let end = 0
  for (const file of files.toSorted((a, b) => a.at - b.at)) {
    if (file.size > 0 && file.at < end) {
      problem('structure', 'its bytes belong to another member too', pathOf(file.name))
      continue
    }
    end = Math.max(end, file.at + file.size)
    placedFiles.push({ meta: metaOf(file), at: file.at, size: file.size, crc: undefined })
  }
  return placedFiles
}

function metaOf(file: CabFile): EntryMeta {
  const mtime = timeOf(file)
  return { ...wrapped(pathOf(file.name)), ...(mtime === undefined ? {} : { mtime }) }
}
