import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../../contract.ts'
import { packedOf } from './header.ts'
import { undo } from './methods.ts'
import type { Folder } from './streams.ts'

/** A member whose content lies in a folder. */
export interface SolidFile {
  readonly meta: EntryMeta
  /** Bytes. */
  readonly size: number
  readonly crc: number | undefined
}

/** What has to travel to another thread to unpack a folder. */
export type SolidFolder = Required<Pick<Folder, 'packed' | 'chain' | 'sizes'>>

/** Contents of folders of several up to this size are held until they are whole; larger ones are decoded by themselves. */
const MOST_HELD = 256 * 1024 * 1024
const FIRST_ROOM = 1024 * 1024
const MAX_TARGET = 4096

/** Thrown through the decoder to end it. */
const ENOUGH = Symbol('all contents came out')

/** Shows the members of one folder, which is decoded once, in the order of its contents. */
export function showFolder(
  bytes: Bytes,
  start: number,
  folder: SolidFolder,
  files: readonly SolidFile[],
  sink: Sink,
): void {
  const [only] = files
  if (only && files.length === 1) {
    showAlone(bytes, start, folder, only, 0, sink)
    return
  }
  const splitter = createSplitter(files, sink)
  try {
    undo(packedOf(bytes, start, folder), folder.chain ?? [], folder.sizes, splitter.write)
    splitter.end('structure', 'less comes out of a folder than its members have')
  } catch (error) {
    if (error !== ENOUGH) {
      if (!(error instanceof DecodeError)) throw error
      splitter.end(error.code === 'truncated' ? 'truncated' : 'structure', error.message)
    }
  }
  let at = 0
  for (const file of files) {
    if (file.size > MOST_HELD) showAlone(bytes, start, folder, file, at, sink)
    at += file.size
  }
}

/** Decodes a folder for one of its contents, which begins at `from` and goes out piece by piece. */
function showAlone(
  bytes: Bytes,
  start: number,
  folder: SolidFolder,
  file: SolidFile,
  from: number,
  sink: Sink,
): void {
  if (file.meta.type !== 'file') {
    const splitter = createSplitter([file], sink)
    finish(() => undo(packedOf(bytes, start, folder), folder.chain ?? [], folder.sizes, splitter.write))
    return
  }
  sink.stream(file.meta, (write) => {
    let at = 0
    let crc = 0
    const end = from + file.size
    const source = packedOf(bytes, start, folder)
    const result = { end: start, checksum: 'none' } as const
    try {
      finish(() =>
        undo(source, folder.chain ?? [], folder.sizes, (chunk) => {
          const part = chunk.subarray(Math.max(0, from - at), Math.max(0, end - at))
          at += chunk.length
          crc = crc32(part, crc)
          if (part.length > 0) write(part)
          if (at >= end) throw ENOUGH
        }),
      )
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      return { ...result, problem: { code: error.code, message: error.message } }
    }
    if (at < end) return { ...result, problem: { code: 'truncated', message: 'less comes out than it says' } }
    if (file.crc === undefined) return result
    if (crc === file.crc) return { ...result, checksum: 'matches' }
    return { ...result, checksum: 'differs', problem: { code: 'checksum', message: 'the CRC differs' } }
  })
}

function finish(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error !== ENOUGH) throw error
  }
}

interface Splitter {
  write(chunk: Uint8Array): void
  /** No more comes: what is there of the content at hand is shown, and what is missing is told. */
  end(code: 'structure' | 'truncated', message: string): void
}

/** Cuts what comes out of a folder into its contents. */
function createSplitter(files: readonly SolidFile[], sink: Sink): Splitter {
  let next = 0
  let filled = 0
  let room = Buffer.alloc(0)

  function take(chunk: Uint8Array, size: number): void {
    if (size > MOST_HELD) return
    if (room.length < filled + chunk.length) {
      const grown = Buffer.alloc(Math.min(size, Math.max(FIRST_ROOM, 2 * (filled + chunk.length))))
      room.copy(grown, 0, 0, filled)
      room = grown
    }
    room.set(chunk, filled)
  }

  function write(chunk: Uint8Array): void {
    for (let at = 0; ; ) {
      const file = files[next]
      if (!file) throw ENOUGH
      const part = chunk.subarray(at, at + file.size - filled)
      take(part, file.size)
      filled += part.length
      at += part.length
      if (filled < file.size) return
      if (file.size <= MOST_HELD) show(file, room.subarray(0, filled), sink)
      next++
      filled = 0
    }
  }

  return {
    write,
    end(code, message) {
      const file = files[next]
      if (!file) return
      sink.problem(code, message, file.meta.path)
      if (filled > 0 && file.size <= MOST_HELD) showPart(file, room.subarray(0, filled), sink)
      if (next + 1 < files.length)
        sink.problem(code, `${files.length - next - 1} members behind it in its folder are lost`)
    },
  }
}

function show(file: SolidFile, content: Buffer, sink: Sink): void {
  const { meta, crc } = file
  if (crc !== undefined && crc32(content) !== crc) sink.problem('checksum', 'the CRC differs', meta.path)
  showPart(file, content, sink)
}

function showPart({ meta }: SolidFile, content: Buffer, sink: Sink): void {
  if (meta.type === 'file') sink.file(meta, content.length, (out) => out.set(content))
  else if (meta.type !== 'symlink') sink.entry(meta)
  else if (content.length <= MAX_TARGET) sink.entry({ ...meta, target: content.toString('latin1') })
  else sink.problem('structure', `a target of ${content.length} bytes`, meta.path)
}
