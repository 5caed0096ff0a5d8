import {
  type Bytes,
  bareBzip2Stream,
  DecodeError,
  inflateStream,
  lzmaStream,
  propertiesOf,
  Reader,
  sliceBytes,
} from '@messlatte/bytes'
import type { FirstHeader } from './first-header.ts'

type Write = (chunk: Uint8Array) => void

/** How the data of an installer are packed. Nothing says so: it is told from how they begin. */
export interface Packing {
  readonly method: 'stored' | 'deflate' | 'bzip2' | 'lzma'
  /** All of it is one stream. */
  readonly solid: boolean
  /** In front of LZMA stands whether targets of x86 calls are to be undone. */
  readonly filtered: boolean
}

/** In the size of a piece: whether it is packed. */
const PACKED = 0x8000_0000
const LZMA_HEADER = 5
const BZIP2_BLOCK = 0x31
/** The third byte of where the text begins in a block, of 900,000 at most. */
const MOST_ORIGIN = 14
/** Bytes at which a method is told. */
const HEAD = 12

export function packingOf(bytes: Bytes, { dataAt, headerSize }: FirstHeader): Packing | undefined {
  if (dataAt + HEAD > bytes.size) return undefined
  const head = bytes.view(dataAt, HEAD)
  const size = new Reader(head, 'little').u32()
  if (size === headerSize) return { method: 'stored', solid: false, filtered: false }
  const together = methodOf(head)
  if (together?.method === 'lzma') return { ...together, solid: true }
  if (size >= PACKED && size - PACKED < 0x100_0000) {
    const single = methodOf(head.subarray(4))
    return { method: 'deflate', filtered: false, ...single, solid: false }
  }
  return { method: 'deflate', filtered: false, ...together, solid: true }
}

function methodOf(head: Uint8Array): Pick<Packing, 'method' | 'filtered'> | undefined {
  if (isLzma(head)) return { method: 'lzma', filtered: false }
  if ((head[0] as number) <= 1 && isLzma(head.subarray(1))) return { method: 'lzma', filtered: true }
  if (head[0] === BZIP2_BLOCK && (head[1] as number) < MOST_ORIGIN)
    return { method: 'bzip2', filtered: false }
  return undefined
}

/** Properties as all have them, a dictionary of whole 64 KiB, and the first byte of the stream. */
function isLzma(head: Uint8Array): boolean {
  return head[0] === 0x5d && head[1] === 0 && head[2] === 0 && head[5] === 0 && (head[6] as number) < 0x80
}

/** Unpacks a stream. `write` may throw to stop. @throws DecodeError, after what came before the damage was written */
export function unpackStream(bytes: Bytes, at: number, { method, filtered }: Packing, write: Write): void {
  switch (method) {
    case 'stored':
      throw new DecodeError('corrupt', 'a packed piece among stored ones')
    case 'deflate':
      inflateStream(bytes, at, write)
      return
    case 'bzip2':
      bareBzip2Stream(bytes, at, write)
      return
    case 'lzma': {
      if (filtered && at < bytes.size && bytes.view(at, 1)[0] !== 0)
        throw new DecodeError('unsupported', 'targets of x86 calls are not undone')
      const header = filtered ? at + 1 : at
      if (header + LZMA_HEADER > bytes.size) throw new DecodeError('truncated', 'LZMA: the data ends early')
      const reader = new Reader(bytes.view(header, LZMA_HEADER), 'little')
      const [properties, dictionary] = [propertiesOf(reader.u8()), reader.u32()]
      const stream = { properties, dictionary, size: Number.POSITIVE_INFINITY }
      lzmaStream(bytes, header + LZMA_HEADER, stream, write)
    }
  }
}

/** A piece of an archive whose pieces are packed one by one. */
export interface Piece {
  readonly at: number
  /** Bytes as it lies there. */
  readonly length: number
  readonly packed: boolean
}

/** The piece at `at`; undefined where its size is cut off. */
export function pieceAt(bytes: Bytes, at: number): Piece | undefined {
  if (at + 4 > bytes.size) return undefined
  const size = new Reader(bytes.view(at, 4), 'little').u32()
  return { at: at + 4, length: size % PACKED, packed: size >= PACKED }
}

/** Unpacks a piece, or copies it. @throws DecodeError */
export function unpackPiece(
  bytes: Bytes,
  { at, length, packed }: Piece,
  packing: Packing,
  write: Write,
): void {
  const there = Math.max(0, Math.min(length, bytes.size - at))
  const source = sliceBytes(bytes, Math.min(at, bytes.size), there)
  if (packed) unpackStream(source, 0, packing, write)
  else {
    for (let done = 0; done < there; done += STEP) write(source.view(done, Math.min(STEP, there - done)))
    if (there < length) throw new DecodeError('truncated', 'the archive ends within it')
  }
}

const STEP = 1024 * 1024

/** Thrown through a decoder to end it. */
const ENOUGH = Symbol('enough came out')

/**
 * The first bytes of what comes out.
 * @throws DecodeError where less comes out
 */
export function firstBytes(size: number, unpack: (write: Write) => void): Buffer {
  const chunks: Buffer[] = []
  let length = 0
  try {
    unpack((chunk) => {
      chunks.push(Buffer.from(chunk.subarray(0, size - length)))
      length += Math.min(chunk.length, size - length)
      if (length >= size) throw ENOUGH
    })
  } catch (error) {
    if (error !== ENOUGH) throw error
  }
  if (length < size) throw new DecodeError('truncated', 'less comes out than is announced')
  return Buffer.concat(chunks)
}
