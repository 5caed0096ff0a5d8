import { createHash } from 'node:crypto'
import {
  type Bytes,
  BytesError,
  DecodeError,
  inflateRaw,
  inflateStream,
  mappedBytes,
  type StreamEnd,
} from '@messlatte/bytes'
import { FLAG, type ShieldFile } from './files.ts'

/** Of a chunk, in bytes that come out. */
const CHUNK = 65_536
const KEY = 0xd5
const PERIOD = 0x47

/** Where a part of a member lies in the source, in bytes. */
export interface Part {
  readonly from: number
  readonly length: number
}

/** Thrown through the decoder to end it. */
const ENOUGH = Symbol('all of it came out')

/** Writes a member, and compares its digest where it has one. */
export function decodeFile(
  bytes: Bytes,
  file: Pick<ShieldFile, 'flags' | 'expanded' | 'md5'>,
  parts: readonly Part[],
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  const hash = file.md5 === undefined ? undefined : createHash('md5')
  let left = file.expanded
  const take = (chunk: Uint8Array) => {
    const part = chunk.subarray(0, left)
    left -= part.length
    hash?.update(part)
    if (part.length > 0) write(part)
    if (left === 0) throw ENOUGH
  }
  try {
    decode(sourceOf(bytes, parts, (file.flags & FLAG.obfuscated) !== 0), file.flags, take)
  } catch (error) {
    if (error !== ENOUGH) return { end: 0, checksum: 'none', problem: problemOf(error) }
  }
  if (left > 0)
    return { end: 0, checksum: 'none', problem: { code: 'truncated', message: 'less comes out than it has' } }
  if (!hash) return { end: 0, checksum: 'none' }
  return hash.digest('hex') === file.md5
    ? { end: 0, checksum: 'matches' }
    : { end: 0, checksum: 'differs', problem: { code: 'checksum', message: 'the MD5 digest differs' } }
}

function problemOf(error: unknown): NonNullable<StreamEnd['problem']> {
  if (error instanceof DecodeError) return { code: error.code, message: error.message }
  if (error instanceof BytesError) return { code: 'truncated', message: 'the cabinet ends within its data' }
  throw error
}

/** @throws DecodeError, BytesError */
function decode(source: Bytes, flags: number, write: (chunk: Uint8Array) => void): void {
  if ((flags & FLAG.compressed) === 0)
    for (let at = 0; at < source.size; at += CHUNK) write(source.view(at, Math.min(CHUNK, source.size - at)))
  else if (isInChunks(source)) inflateChunks(source, write)
  // Older ones write one stream without lengths, which need not say that it ends.
  else inflateStream(source, 0, write)
}

/** Whether the lengths in front of the chunks add up. @throws BytesError */
function isInChunks(source: Bytes): boolean {
  let at = 0
  while (at + 2 <= source.size) {
    const length = lengthAt(source, at)
    if (length === 0) return false
    at += 2 + length
  }
  return at === source.size
}

function lengthAt(source: Bytes, at: number): number {
  const [low, high] = source.view(at, 2) as unknown as readonly [number, number]
  return low | (high << 8)
}

/** @throws DecodeError, BytesError */
function inflateChunks(source: Bytes, write: (chunk: Uint8Array) => void): void {
  const room = Buffer.alloc(CHUNK)
  for (let at = 0; at < source.size; ) {
    const length = lengthAt(source, at)
    write(room.subarray(0, inflateRaw(source.view(at + 2, length), room)))
    at += 2 + length
  }
}

/** All parts, one behind the other. @throws BytesError */
function sourceOf(bytes: Bytes, parts: readonly Part[], isObfuscated: boolean): Bytes {
  let size = 0
  const extents = parts.map(({ from, length }) => {
    size += length
    return { at: size - length, from, length }
  })
  const packed = mappedBytes(bytes, size, extents)
  return isObfuscated ? clear(packed) : packed
}

/** Each byte is turned, and moved by its place. */
function clear(bytes: Bytes): Bytes {
  const undo = (at: number, target: Uint8Array) => {
    for (const [index, byte] of target.entries()) {
      const turned = byte ^ KEY
      target[index] = ((turned >>> 2) | (turned << 6)) - ((at + index) % PERIOD)
    }
  }
  return {
    size: bytes.size,
    view(at, length) {
      const view = Uint8Array.from(bytes.view(at, length))
      undo(at, view)
      return view
    },
    copy(at, target) {
      bytes.copy(at, target)
      undo(at, target)
    },
  }
}
