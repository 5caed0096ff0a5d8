import { createHash } from 'node:crypto'
import {
  type Bytes,
  bzip2Stream,
  DecodeError,
  dictionaryBytes,
  inflateStream,
  latin1,
  lzma2Stream,
  lzmaStream,
  propertiesOf,
  Reader,
  sliceBytes,
} from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Sink } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { showSolid } from '../solid.ts'
import { readBlock } from './blocks.ts'
import { undoCalls } from './calls.ts'
import { type Chunk, chunksOf, type InnoFile } from './lists.ts'
import { type Loader, loaderOf } from './loader.ts'
import { innoRegion } from './region.ts'
import { type Layout, VERSION_SIZE, versionAt } from './versions.ts'

type Write = (chunk: Uint8Array) => void

/** In front of each chunk. */
const CHUNK_MAGIC = 'zlb\x1a'
const LZMA_HEADER = 5
const ZLIB_HEADER = 2
/** Bytes. */
const STEP = 1024 * 1024
const MOST_DICTIONARY_BITS = 40

export const inno: ContainerFormat<readonly Chunk[]> = {
  kind: 'container',
  name: 'inno',
  title: 'Inno Setup installer',
  references: [
    'innoextract 1.10-dev, src/loader/offsets.cpp, src/setup and src/stream',
    'Inno Setup 6, Projects/Src/Shared.Struct.pas',
  ],
  limits: [
    'Unicode installers of Inno Setup 5.5.7 to 6.4.1 are read; of others, from 5.1.5 to 6.4, only the version is told',
    'encrypted contents are named and not read',
    'contents in files beside the installer (`setup-1.bin`) are named and not read',
    'the program that runs the installation, its pictures, texts and scripts are not shown',
    'times are taken for UTC',
  ],
  magic: ['MZ\x90\0', 'MZP\0'].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise: innoRegion,

  *open(bytes, { start, end }, problem) {
    const { headerAt, end: told } = loaderOf(bytes, start) as Loader
    if (told > end) problem('truncated', `${told - start} bytes are announced, ${end - start} are there`)
    const version = versionAt(bytes, headerAt)
    if (!version) return
    if (!version.layout) {
      problem('unsupported', `the lists of version ${version.name} are not read`)
      return
    }
    const main = readBlock(bytes, headerAt + VERSION_SIZE)
    const contents = readBlock(bytes, main.end)
    const chunks = chunksOf(main.block, contents.block, version.layout)
    yield* inBatches(chunks, ({ files }) => files.reduce((sum, { size }) => sum + size, 0))
  },

  read(bytes, { start }, plan, sink) {
    const { dataAt, headerAt } = loaderOf(bytes, start) as Loader
    const layout = versionAt(bytes, headerAt)?.layout
    if (!layout) return
    for (const chunk of plan) {
      if (chunk.encrypted) nameOnly(chunk, 'encrypted', sink)
      else if (dataAt === undefined || chunk.elsewhere)
        nameOnly(chunk, 'its content lies in a file beside the installer', sink)
      else showChunk(bytes, dataAt + chunk.at, chunk, layout.digest, sink)
    }
  },
}

function nameOnly({ files }: Chunk, obstacle: string, sink: Sink): void {
  for (const file of files)
    for (const path of file.paths) {
      sink.problem('unsupported', obstacle, path)
      sink.entry(metaOf(file, path))
    }
}

function metaOf({ mtime }: InnoFile, path: string): EntryMeta {
  return { ...wrapped(path), mtime }
}

function showChunk(bytes: Bytes, at: number, chunk: Chunk, digest: Layout['digest'], sink: Sink): void {
  const { files, size } = chunk
  const body = at + CHUNK_MAGIC.length
  if (body > bytes.size || latin1(bytes.view(at, CHUNK_MAGIC.length)) !== CHUNK_MAGIC) {
    const [code, message] =
      body > bytes.size
        ? (['truncated', 'the installer ends before it'] as const)
        : (['structure', 'no chunk lies there'] as const)
    for (const path of files.flatMap(({ paths }) => paths)) sink.problem(code, message, path)
    return
  }
  const source = sliceBytes(bytes, body, Math.max(0, Math.min(size, bytes.size - body)))
  const solid = files.map((file, index) => ({
    meta: metaOf(file, String(index)),
    at: file.offset,
    size: file.size,
    crc: undefined,
  }))
  showSolid((write) => unpack(source, chunk, write), solid, withDigests(files, digest, sink))
}

/** Takes members by their index; undoes changes to calls, and compares digests. */
function withDigests(files: readonly InnoFile[], algorithm: Layout['digest'], sink: Sink): Sink {
  const fileOf = ({ path }: EntryMeta) => files[Number(path)] as InnoFile
  return {
    ...sink,
    problem(code, message, path) {
      if (path === undefined) sink.problem(code, message)
      else for (const name of fileOf(wrapped(path)).paths) sink.problem(code, message, name)
    },
    file(meta, size, fill) {
      const file = fileOf(meta)
      const content = Buffer.alloc(size)
      fill(content)
      if (file.calls) {
        let done = 0
        const calls = undoCalls((part) => {
          content.set(part, done)
          done += part.length
        })
        calls.take(Buffer.from(content))
        calls.end()
      }
      const differs = createHash(algorithm).update(content).digest('hex') !== file.digest
      for (const path of file.paths) {
        if (differs) sink.problem('checksum', 'its digest differs', path)
        sink.file(metaOf(file, path), size, (out) => out.set(content))
      }
    },
    stream(meta, decode) {
      const file = fileOf(meta)
      for (const path of file.paths)
        sink.stream(metaOf(file, path), (write) => {
          const hash = createHash(algorithm)
          const show: Write = (chunk) => {
            hash.update(chunk)
            write(chunk)
          }
          const calls = file.calls ? undoCalls(show) : { take: show, end: () => {} }
          const end = decode(calls.take)
          calls.end()
          if (end.problem || hash.digest('hex') === file.digest)
            return { ...end, checksum: end.problem ? 'none' : 'matches' }
          return { ...end, checksum: 'differs', problem: { code: 'checksum', message: 'its digest differs' } }
        })
    },
  }
}

function unpack(source: Bytes, { compression, size }: Chunk, write: Write): void {
  switch (compression) {
    case 'stored':
      for (let done = 0; done < source.size; done += STEP)
        write(source.view(done, Math.min(STEP, source.size - done)))
      if (source.size < size) throw new DecodeError('truncated', 'the installer ends within it')
      return
    case 'zlib':
      inflateStream(source, Math.min(ZLIB_HEADER, source.size), write)
      return
    case 'bzip2': {
      const { problem } = bzip2Stream(source, 0, write)
      if (problem) throw new DecodeError(problem.code, problem.message)
      return
    }
    case 'lzma': {
      const reader = new Reader(headOf(source, LZMA_HEADER), 'little')
      const [properties, dictionary] = [propertiesOf(reader.u8()), reader.u32()]
      lzmaStream(source, LZMA_HEADER, { properties, dictionary, size: Number.POSITIVE_INFINITY }, write)
      return
    }
    case 'lzma2': {
      const bits = headOf(source, 1)[0] as number
      if (bits > MOST_DICTIONARY_BITS) throw new DecodeError('corrupt', 'bad properties of LZMA2')
      lzma2Stream(source, 1, dictionaryBytes(bits), write)
    }
  }
}

function headOf(source: Bytes, size: number): Uint8Array {
  if (source.size < size) throw new DecodeError('truncated', 'the installer ends within it')
  return source.view(0, size)
}
