import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { type SolidFile, showSolid } from '../solid.ts'
import { decodeFolder, type WholeFolder } from './blocks.ts'
import { type CabFile, type CabMethod, cabinetsOf, MAGIC, pathOf, timeOf, walkFiles } from './parse.ts'

/** Methods that are. */
const UNDONE: ReadonlySet<CabMethod> = new Set(['stored', 'mszip', 'quantum', 'lzx'])

interface Job {
  readonly folder: WholeFolder
  readonly files: readonly SolidFile[]
}

export const cab: ContainerFormat<readonly Job[]> = {
  kind: 'container',
  name: 'cab',
  title: 'Microsoft Cabinet (stored, MSZIP, Quantum, LZX)',
  references: [
    '[MS-CAB] Cabinet File Format',
    'Microsoft Cabinet SDK, "Microsoft MSZIP Data Compression Format" and "Microsoft LZX Data Compression Format"',
    'libmspack, qtmd.c (Quantum)',
    '[MS-PATCH] LZX DELTA Compression and Decompression, section 2',
  ],
  limits: [
    'of a set of cabinets, all of them have to be handed in together, or to lie in one folder',
    'a signature behind the cabinet is not part of it',
    'times have no time zone and are taken for UTC; there are no Unix modes',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const last = cabinetsOf(bytes, at).at(-1)
    return last && { start: at, end: Math.min(last.start + last.header.size, bytes.size) }
  },

  open: (bytes, region, problem) =>
    inBatches(jobsOf(bytes, region, problem), ({ files }) => files.reduce((sum, { size }) => sum + size, 0)),

  read(bytes, { start }, plan, sink) {
    for (const { folder, files } of plan) {
      const empty = files.filter(({ size }) => size === 0)
      for (const { meta } of empty) sink.file(meta, 0, () => {})
      const filled = files.filter(({ size }) => size > 0)
      if (filled.length === 0) continue
      showSolid((write) => decodeFolder(bytes, start, folder, sink.problem, write), filled, sink)
    }
  },
}

function* jobsOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<Job> {
  for (const { folder, files, isLost } of foldersOf(bytes, start, problem)) {
    const list = placed(files, problem)
    if (isLost)
      for (const { meta } of list)
        problem('unsupported', 'it lies behind what began in a cabinet that is not there', meta.path)
    else if (UNDONE.has(folder.method)) yield { folder, files: list }
    else for (const { meta } of list) problem('unsupported', `compressed with ${folder.method}`, meta.path)
  }
}

/** What is compressed together, over all cabinets that are there. */
interface Gathered {
  readonly folder: WholeFolder & { readonly pieces: WholeFolder['pieces'][number][] }
  files: CabFile[]
  /** Their places in the list, by what tells a file from others. */
  readonly known: Map<string, number>
  /** Where its first block lies in a cabinet that is not there. */
  isLost: boolean
}

function foldersOf(bytes: Bytes, start: number, problem: Sink['problem']): readonly Gathered[] {
  const gathered: Gathered[] = []
  let goesOn = false
  for (const { start: at, header } of cabinetsOf(bytes, start)) {
    if (at + header.size > bytes.size)
      problem('truncated', `${header.size} bytes are announced, ${bytes.size - at} are there`)
    const files = [...walkFiles(bytes, at, header, problem)]
    const before = gathered.at(-1)
    const joins = goesOn || files.some(({ continued }) => continued)
    const here = header.folders.map(({ dataAt, blocks, method, windowBits }, index): Gathered => {
      const piece = { at: at + dataAt, blocks, reserve: header.blockReserve }
      if (index === 0 && joins && before?.folder.method === method) {
        before.folder.pieces.push(piece)
        return before
      }
      return {
        folder: { method, windowBits, pieces: [piece] },
        files: [],
        known: new Map(),
        isLost: index === 0 && joins,
      }
    })
    gathered.push(...here.filter((one) => one !== before))
    goesOn = files.some(({ continues }) => continues)
    addFiles(here, files, problem)
  }
  const last = gathered.at(-1)
  if (goesOn && last) {
    for (const { continues, name } of last.files)
      if (continues) problem('unsupported', 'it goes on in a cabinet that is not there', pathOf(name))
    last.files = last.files.filter(({ continues }) => !continues)
  }
  return gathered
}

/** A file that lies in several cabinets is listed in each of them. */
function addFiles(folders: readonly Gathered[], files: readonly CabFile[], problem: Sink['problem']): void {
  for (const file of files) {
    const one = folders[file.folder]
    if (!one) {
      problem('structure', 'it lies in a folder that there is not', pathOf(file.name))
      continue
    }
    const key = `${file.at} ${file.size} ${file.name}`
    const known = file.continued ? one.known.get(key) : undefined
    if (known !== undefined) one.files[known] = file
    else one.known.set(key, one.files.push(file) - 1)
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
