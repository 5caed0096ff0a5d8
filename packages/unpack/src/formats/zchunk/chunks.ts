import { createHash, type Hash } from 'node:crypto'
import {
  type BlockDecoder,
  type Bytes,
  DecodeError,
  forEachWindow,
  type StreamEnd,
  sliceBytes,
  zstdBehind,
  zstdStream,
} from '@messlatte/bytes'
import { hashStretch } from '../members.ts'
import type { Chunk, Digest, Zchunk } from './parse.ts'

const WINDOW = 256 * 1024
/** Of a dictionary, and of a chunk that is compressed behind one, in bytes. */
const MOST_DICTIONARY = 16 * 1024 * 1024
const MOST_BLOCK = 64 * 1024 * 1024
const MOST_VIEW = 16 * 1024 * 1024

type Write = (chunk: Uint8Array) => void

/** The chunks one behind the other, decompressed. The first that cannot be is the last. */
export function decodeChunks(bytes: Bytes, file: Zchunk, write: Write): StreamEnd {
  const data = file.dataDigest && createHash(file.dataDigest.algorithm)
  let differs: string | undefined
  try {
    const behind = dictionaryOf(bytes, file, data)
    for (const [index, chunk] of file.chunks.entries()) {
      if (chunk.at + chunk.length > bytes.size) throw new DecodeError('truncated', 'the data ends early')
      if (!isIntact(bytes, chunk, data)) differs ??= `the digest of chunk ${index + 1} differs`
      decodeChunk(bytes, file, chunk, behind, write)
    }
    if (file.dataDigest && data && !equals(data.digest(), file.dataDigest))
      differs ??= 'the digest of its data differs'
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const problem = differs === undefined ? error : new DecodeError('checksum', differs)
    return { end: bytes.size, checksum: 'none', problem: { code: problem.code, message: problem.message } }
  }
  if (differs === undefined) return { end: file.end, checksum: 'matches' }
  return { end: file.end, checksum: 'differs', problem: { code: 'checksum', message: differs } }
}

/** @throws DecodeError where there is one that cannot be had */
function dictionaryOf(
  bytes: Bytes,
  { dictionary }: Zchunk,
  data: Hash | undefined,
): BlockDecoder | undefined {
  const { at, length, size } = dictionary
  if (length === 0) return undefined
  if (size > MOST_DICTIONARY) throw new DecodeError('unsupported', `a dictionary of ${size} bytes`)
  if (at + length > bytes.size) throw new DecodeError('truncated', 'the data ends early')
  isIntact(bytes, dictionary, data)
  const content = new Uint8Array(size)
  unpack(bytes, dictionary, (part, done) => content.set(part, done))
  return zstdBehind(content)
}

function isIntact(bytes: Bytes, { at, length, digest }: Chunk, data: Hash | undefined): boolean {
  const own = createHash(digest.algorithm)
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    own.update(window)
    data?.update(window)
    return true
  })
  return length === 0 || equals(own.digest(), digest)
}

export function equals(found: Buffer, { value }: Digest): boolean {
  return found.subarray(0, value.length).equals(value)
}

/** @throws DecodeError */
function decodeChunk(
  bytes: Bytes,
  { compression }: Zchunk,
  chunk: Chunk,
  behind: BlockDecoder | undefined,
  write: Write,
): void {
  const { at, length, size, stored } = chunk
  if (length === 0 && size === 0) return
  if (compression === 'none' || stored) {
    if (length !== size) throw wrongSize(chunk, length)
    forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
      write(window)
      return true
    })
  } else if (behind) {
    if (size > MOST_BLOCK || length > MOST_VIEW)
      throw new DecodeError('unsupported', `a chunk of ${size} bytes behind a dictionary`)
    const output = new Uint8Array(size)
    const written = behind(bytes.view(at, length), output)
    if (written !== size) throw wrongSize(chunk, written)
    write(output)
  } else {
    unpack(bytes, chunk, write)
  }
}

/** @throws DecodeError where another size comes out than is told */
function unpack(bytes: Bytes, chunk: Chunk, write: (part: Uint8Array, done: number) => void): void {
  let done = 0
  const { end, problem } = zstdStream(sliceBytes(bytes, chunk.at, chunk.length), 0, (part) => {
    if (done + part.length > chunk.size) throw wrongSize(chunk, done + part.length)
    write(part, done)
    done += part.length
  })
  if (problem) throw new DecodeError(problem.code, problem.message)
  if (end !== chunk.length || done !== chunk.size) throw wrongSize(chunk, done)
}

function wrongSize({ size }: Chunk, found: number): DecodeError {
  return new DecodeError('corrupt', `a chunk of ${size} bytes holds ${found}`)
}

/** Whether the digest of the header is the one that stands in it: it is that of a whole file, also where the header stands alone. */
export function isHeaderIntact(bytes: Bytes, at: number, magic: string, file: Zchunk): boolean {
  const hash = createHash(file.headerDigest.algorithm).update(magic, 'latin1')
  hashStretch(hash, bytes, at + magic.length, file.headerDigestAt - at - magic.length)
  const behind = file.headerDigestAt + file.headerDigest.value.length
  hashStretch(hash, bytes, behind, file.headerEnd - behind)
  return equals(hash.digest(), file.headerDigest)
}
