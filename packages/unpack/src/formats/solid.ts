import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError, latin1, type StreamEnd } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../contract.ts'
import { crc32Of } from './members.ts'
import { sumUnder } from './sum-under-key.ts'

/** A member whose content is part of what comes out of one decoder. */
export interface SolidFile {
  readonly meta: EntryMeta
  /** Where it begins in what comes out, in bytes. */
  readonly at: number
  /** Bytes. */
  readonly size: number
  /** CRC-32, where there is one. */
  readonly crc: number | undefined
  /** In hex: the CRC is kept under this key. */
  readonly sumKey?: string
}

/** Writes all that is compressed together. @throws DecodeError, after what came before the damage has been delivered */
export type SolidDecode = (write: (chunk: Uint8Array) => void) => void

/** Contents up to this size are held until they are whole; larger ones are decoded once more, by themselves. */
const MOST_HELD = 256 * 1024 * 1024
const FIRST_ROOM = 1024 * 1024
/** Linux takes no longer target. */
const MAX_TARGET = 4096

/** Thrown through the decoder to end it. */
const ENOUGH = Symbol('all contents came out')

/**
 * Shows members that are compressed together. What they lie in is decoded once.
 * @param files ascending, without overlaps
 */
export function showSolid(decode: SolidDecode, files: readonly SolidFile[], sink: Sink): void {
  const [only] = files
  if (only && files.length === 1 && only.meta.type === 'file') {
    showAlone(decode, only, sink)
    return
  }
  const splitter = createSplitter(files, sink)
  try {
    finish(() => {
      decode(splitter.write)
      splitter.end('structure', 'less comes out than the members have')
    })
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    splitter.end(
      error.code === 'truncated' || error.code === 'unsupported' ? error.code : 'structure',
      error.message,
    )
  }
  for (const file of files) if (file.size > MOST_HELD) showAlone(decode, file, sink)
}

function finish(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error !== ENOUGH) throw error
  }
}

/** Decodes for one content, which goes out piece by piece. */
function showAlone(decode: SolidDecode, file: SolidFile, sink: Sink): void {
  const { meta, at, size, crc } = file
  sink.stream(meta, (write): StreamEnd => {
    const end = at + size
    let done = 0
    let sum = 0
    try {
      finish(() =>
        decode((chunk) => {
          const part = chunk.subarray(Math.max(0, at - done), Math.max(0, end - done))
          done += chunk.length
          sum = crc32(part, sum)
          if (part.length > 0) write(part)
          if (done >= end) throw ENOUGH
        }),
      )
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      return { end: 0, checksum: 'none', problem: { code: error.code, message: error.message } }
    }
    if (done < end)
      return {
        end: 0,
        checksum: 'none',
        problem: { code: 'truncated', message: 'less comes out than it has' },
      }
    if (crc === undefined) return { end: 0, checksum: 'none' }
    return isSumOf(file, sum)
      ? { end: 0, checksum: 'matches' }
      : { end: 0, checksum: 'differs', problem: { code: 'checksum', message: 'the CRC differs' } }
  })
}

interface Splitter {
  write(chunk: Uint8Array): void
  /** No more comes: what is there of the content at hand is shown, and what is missing is told. */
  end(code: 'structure' | 'truncated' | 'unsupported', message: string): void
}

/** Cuts what comes out into contents. */
function createSplitter(files: readonly SolidFile[], sink: Sink): Splitter {
  let next = 0
  /** Of the content at hand. */
  let filled = 0
  let passed = 0
  let room = Buffer.alloc(0)

  function take(part: Uint8Array, size: number): void {
    if (size > MOST_HELD) return
    if (room.length < filled + part.length) {
      const grown = Buffer.alloc(Math.min(size, Math.max(FIRST_ROOM, 2 * (filled + part.length))))
      room.copy(grown, 0, 0, filled)
      room = grown
    }
    room.set(part, filled)
  }

  function write(chunk: Uint8Array): void {
    for (let at = 0; ; ) {
      const file = files[next]
      if (!file) throw ENOUGH
      const gap = Math.min(Math.max(0, file.at - passed), chunk.length - at)
      at += gap
      passed += gap
      if (passed < file.at) return
      const part = chunk.subarray(at, at + file.size - filled)
      take(part, file.size)
      filled += part.length
      passed += part.length
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
      if (filled > 0 && file.size <= MOST_HELD) showContent(file, room.subarray(0, filled), sink)
      const lost = files.length - next - 1
      if (lost > 0) sink.problem(code, `${lost} members behind it, which are compressed with it, are lost`)
    },
  }
}

function show(file: SolidFile, content: Buffer, sink: Sink): void {
  if (file.crc !== undefined && !isSumOf(file, crc32(content)))
    sink.problem('checksum', 'the CRC differs', file.meta.path)
  showContent(file, content, sink)
}

function isSumOf({ crc, sumKey }: SolidFile, sum: number): boolean {
  return (sumKey === undefined ? sum : sumUnder(sumKey, sum)) === crc
}

function showContent({ meta }: SolidFile, content: Buffer, sink: Sink): void {
  if (meta.type === 'file') sink.file(meta, content.length, (out) => out.set(content))
  else if (meta.type !== 'symlink') sink.entry(meta)
  else if (content.length <= MAX_TARGET) sink.entry({ ...meta, target: content.toString('latin1') })
  else sink.problem('structure', `a target of ${content.length} bytes`, meta.path)
}

/** A member that has no content by its size. */
export function showEmpty(meta: EntryMeta, sink: Sink): void {
  if (meta.type === 'file') sink.file(meta, 0, () => {})
  else sink.entry(meta.type === 'symlink' ? { ...meta, target: meta.target ?? '' } : meta)
}

/** Contents that lie one behind the other as they are, from `start` on; cut off where the bytes end. */
export function showStoredFiles(bytes: Bytes, start: number, files: readonly SolidFile[], sink: Sink): void {
  for (const { meta, at, size, crc } of files) {
    const from = start + at
    const length = Math.max(0, Math.min(size, bytes.size - from))
    if (length < size) sink.problem('truncated', 'the archive ends within this content', meta.path)
    else if (crc !== undefined && crc32Of(bytes, from, size) !== crc)
      sink.problem('checksum', 'the CRC differs', meta.path)
    if (meta.type === 'symlink' && length <= MAX_TARGET)
      sink.entry({ ...meta, target: latin1(bytes.view(from, length)) })
    else if (length > 0) sink.slice(meta, from, length)
  }
}
