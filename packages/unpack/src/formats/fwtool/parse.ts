import { type Bytes, createSearch, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import type { Stored } from '../members.ts'

export const TRAILER_MAGIC = 'FWx0'
const TRAILER = 16
/** Version and flags before the text of a chunk of metadata. */
const HEADER = 8
/** Longest chunk that is believed, in bytes: fwtool writes 30 KiB at most. */
const MOST_CHUNK = 64 * 1024
const MOST_CHUNKS = 16

const search = createSearch([TRAILER_MAGIC])

/** Data that fwtool appended to an image. */
export interface FwtoolChunk {
  readonly type: 'signature' | 'metadata'
  /** Where the chunk begins. */
  readonly start: number
  /** What is in it, without the header of metadata. */
  readonly content: Stored
  /** CRC-32 of all bytes before the trailer, without its final inversion. */
  readonly crc: number
  readonly trailerAt: number
  readonly end: number
}

/** The chunk whose trailer is at `at`: magic, u32 CRC, u8 type, 3 zeros, u32 size of data and trailer; big endian. */
export function chunkEndingWith(bytes: Bytes, at: number): FwtoolChunk | undefined {
  if (at + TRAILER > bytes.size) return undefined
  const trailer = new Reader(bytes.view(at, TRAILER), 'big')
  if (trailer.latin1(4) !== TRAILER_MAGIC) return undefined
  const crc = trailer.u32()
  const [type, reserved, size] = [trailer.u8(), trailer.take(3), trailer.u32()]
  const start = at + TRAILER - size
  const header = type === 1 ? HEADER : 0
  if (type > 1 || reserved.some((byte) => byte !== 0)) return undefined
  if (size <= TRAILER + header || size > MOST_CHUNK || start < 0) return undefined
  // Version 0 and no flags: there are no others.
  if (type === 1 && bytes.view(start, HEADER).some((byte) => byte !== 0)) return undefined
  return {
    type: type === 1 ? 'metadata' : 'signature',
    start,
    content: { at: start + header, length: size - TRAILER - header },
    crc,
    trailerAt: at,
    end: at + TRAILER,
  }
}

/** The chunks that lie one behind the other from `at` on. */
export function fwtoolChunks(bytes: Bytes, at: number): readonly FwtoolChunk[] {
  const chunks: FwtoolChunk[] = []
  for (let next = at; chunks.length < MOST_CHUNKS; ) {
    const chunk = chunkStartingAt(bytes, next)
    if (!chunk) break
    chunks.push(chunk)
    next = chunk.end
  }
  return chunks
}

/** The chunks with which an image ends, in the order of the file. */
export function fwtoolTail(bytes: Bytes): readonly FwtoolChunk[] {
  const chunks: FwtoolChunk[] = []
  for (let end = bytes.size; chunks.length < MOST_CHUNKS; ) {
    const chunk = end < TRAILER ? undefined : chunkEndingWith(bytes, end - TRAILER)
    if (!chunk) break
    chunks.unshift(chunk)
    end = chunk.start
  }
  return chunks
}

/** A chunk is known by its trailer only, so that has to be found. */
function chunkStartingAt(bytes: Bytes, start: number): FwtoolChunk | undefined {
  const view = bytes.view(start, Math.max(0, Math.min(MOST_CHUNK, bytes.size - start)))
  const window = Buffer.from(view.buffer, view.byteOffset, view.length)
  for (let hit = window.indexOf(TRAILER_MAGIC); hit >= 0; hit = window.indexOf(TRAILER_MAGIC, hit + 1)) {
    const chunk = chunkEndingWith(bytes, start + hit)
    if (chunk?.start === start) return chunk
  }
  return undefined
}

/** Where chunks begin in a stretch, in ascending order. */
export function chunkStarts(bytes: Bytes, gap: Region): readonly number[] {
  const starts: number[] = []
  const push = (_: number, hit: number) => {
    const chunk = chunkEndingWith(bytes, hit)
    if (chunk && chunk.start >= Math.max(gap.start, starts.at(-1) ?? 0)) starts.push(chunk.start)
    return true
  }
  search(bytes, push, gap.start, gap.end)
  return starts
}
