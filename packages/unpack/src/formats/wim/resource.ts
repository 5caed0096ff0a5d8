import { type Bytes, BytesError, DecodeError, lzms, lzxChunk, Reader, xpressHuffman } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { packedBytes } from '../packed-member.ts'
import type { Method, Place, WimPart } from './header.ts'

export const RESOURCE = { free: 1, metadata: 2, compressed: 4, spanned: 8, solid: 16 } as const

/** How chunks are found: by a table in front of them, by one that is told in the resource, or by one behind them. */
type Layout = 'table' | 'solid' | 'pipable'

/** What is packed in chunks of one size, or lies as it is. */
export interface Resource {
  readonly layout: Layout
  readonly method: Method
  readonly chunkSize: number
  /** Offset in the source; bytes, packed and plain. */
  readonly at: number
  readonly packed: number
  readonly size: number
}

/** A chunk, and where it lies. */
export interface ChunkPlace {
  readonly index: number
  /** From the start of the first chunk, in bytes. */
  readonly from: number
}

export const FIRST_CHUNK: ChunkPlace = { index: 0, from: 0 }

const SOLID_HEADER = 16
const SOLID_METHODS: readonly (Method | undefined)[] = ['stored', 'xpress', 'lzx', 'lzms']
/** Bytes in front of each chunk that was written before its size was known to a table. */
const CHUNK_HEADER = 4
const LONG_ENTRIES = 2 ** 32
/** Bytes; makers take 64 MiB at most. */
const MOST_CHUNK = 128 * 1024 * 1024
const CHUNK_SIZES = {
  stored: [1, MOST_CHUNK],
  xpress: [2 ** 12, 2 ** 16],
  lzx: [2 ** 15, 2 ** 21],
  lzms: [2 ** 15, MOST_CHUNK],
} as const

/** A resource of a file; a solid one tells the rest itself. @throws FormatError, BytesError */
export function resourceAt(bytes: Bytes, { start, header }: WimPart, place: Place): Resource {
  const at = start + place.at
  const { packed, size } = place
  if (place.flags & RESOURCE.solid) {
    const reader = new Reader(bytes.view(at, SOLID_HEADER), 'little')
    const whole = reader.size64()
    const [chunkSize, kind] = [reader.u32(), reader.u32()]
    const method = SOLID_METHODS[kind]
    if (method === undefined) throw new FormatError('unsupported', `packed with the method ${kind}`)
    return checked({ layout: 'solid', method, chunkSize, at, packed, size: whole })
  }
  const method = place.flags & RESOURCE.compressed ? header.method : 'stored'
  if (method === 'stored') {
    if (packed !== size) throw new FormatError('structure', `${size} bytes that are stored as ${packed}`)
    return { layout: 'table', method, chunkSize: size, at, packed, size }
  }
  const layout = header.isPipable ? 'pipable' : 'table'
  return checked({ layout, method, chunkSize: header.chunkSize, at, packed, size })
}

/** @throws FormatError */
function checked(resource: Resource): Resource {
  const { method, chunkSize, packed, size } = resource
  const [least, most] = CHUNK_SIZES[method]
  if (chunkSize < least || chunkSize > most || !isPower(chunkSize))
    throw new FormatError('unsupported', `${method} in chunks of ${chunkSize} bytes`)
  if (tableSize(resource) > packed)
    throw new FormatError('structure', `${size} bytes in chunks whose table has no room in ${packed}`)
  return resource
}

function isPower(size: number): boolean {
  return (size & (size - 1)) === 0
}

function chunksOf({ size, chunkSize }: Resource): number {
  return Math.ceil(size / chunkSize)
}

function entrySize({ layout, size }: Resource): number {
  return layout !== 'solid' && size >= LONG_ENTRIES ? 8 : 4
}

/** All that is no chunk. */
function tableSize(resource: Resource): number {
  const chunks = chunksOf(resource)
  switch (resource.layout) {
    case 'solid':
      return SOLID_HEADER + chunks * 4
    case 'table':
      return Math.max(0, chunks - 1) * entrySize(resource)
    case 'pipable':
      return Math.max(0, chunks - 1) * entrySize(resource) + chunks * CHUNK_HEADER
  }
}

/** Where chunks begin, in the source. */
function chunksAt(resource: Resource): number {
  return resource.at + (resource.layout === 'pipable' ? 0 : tableSize(resource))
}

/** Where the chunk behind `chunk` lies. @throws BytesError, DecodeError */
export function nextChunk(bytes: Bytes, resource: Resource, { index, from }: ChunkPlace): ChunkPlace {
  const end = endOfChunk(bytes, resource, index, from)
  if (!(end > from)) throw new DecodeError('corrupt', 'wim: a chunk that ends before it begins')
  return { index: index + 1, from: end }
}

function endOfChunk(bytes: Bytes, resource: Resource, index: number, from: number): number {
  const { layout, at, packed } = resource
  const chunks = chunksOf(resource)
  const entries = Math.max(0, chunks - 1)
  if (layout === 'solid') {
    const reader = new Reader(bytes.view(at + SOLID_HEADER + index * 4, 4), 'little')
    return from + reader.u32()
  }
  if (index === entries) return packed - tableSize(resource)
  const width = entrySize(resource)
  const tableAt = layout === 'table' ? at : at + packed - entries * width
  const reader = new Reader(bytes.view(tableAt + index * width, width), 'little')
  return width === 8 ? reader.size64() : reader.u32()
}

/** Writes what comes out of all chunks from `first` on. @throws DecodeError */
export function decodeChunks(
  bytes: Bytes,
  resource: Resource,
  first: ChunkPlace,
  write: (chunk: Uint8Array) => void,
): void {
  const { size, chunkSize } = resource
  for (let chunk = first; chunk.index < chunksOf(resource); ) {
    const { next, data } = readChunk(bytes, resource, chunk)
    const plain = Math.min(chunkSize, size - chunk.index * chunkSize)
    write(data.length === plain ? data : unpackChunk(resource, data, plain))
    chunk = next
  }
}

/** @throws DecodeError */
function readChunk(
  bytes: Bytes,
  resource: Resource,
  chunk: ChunkPlace,
): { readonly next: ChunkPlace; readonly data: Uint8Array } {
  const { layout, at, packed, size, chunkSize } = resource
  try {
    const next = nextChunk(bytes, resource, chunk)
    const plain = Math.min(chunkSize, size - chunk.index * chunkSize)
    const length = next.from - chunk.from
    const headers = layout === 'pipable' ? (chunk.index + 1) * CHUNK_HEADER : 0
    const from = chunksAt(resource) + chunk.from + headers
    if (length > plain || from + length > at + packed)
      throw new DecodeError('corrupt', `wim: a chunk of ${length} bytes for ${plain}`)
    const data = packedBytes(bytes, { at: from, packed: length })
    if (data.length < length) throw new DecodeError('truncated', 'wim: it ends within a chunk')
    return { next, data }
  } catch (error) {
    if (error instanceof BytesError)
      throw new DecodeError('truncated', 'wim: it ends within a table of chunks')
    throw error
  }
}

/** @throws DecodeError */
function unpackChunk({ method, chunkSize }: Resource, data: Uint8Array, size: number): Uint8Array {
  switch (method) {
    case 'lzx':
      return lzxChunk(Math.log2(chunkSize), data, size)
    case 'xpress':
      return filled(size, (out) => xpressHuffman(data, out))
    case 'lzms':
      return filled(size, (out) => lzms(data, out))
    case 'stored':
      throw new DecodeError('corrupt', 'wim: a stored chunk that is shorter than its content')
  }
}

function filled(size: number, fill: (out: Uint8Array) => void): Uint8Array {
  const out = new Uint8Array(size)
  fill(out)
  return out
}

/** All of a resource that has to be held. @throws FormatError, DecodeError, BytesError */
export function readResource(bytes: Bytes, resource: Resource, most: number): Buffer {
  if (resource.size > most) throw new FormatError('unsupported', `a table of ${resource.size} bytes`)
  if (resource.method === 'stored') {
    const content = packedBytes(bytes, resource)
    if (content.length < resource.size) throw new FormatError('truncated', 'a table is cut off')
    return Buffer.from(content.buffer, content.byteOffset, content.length)
  }
  const chunks: Uint8Array[] = []
  decodeChunks(bytes, resource, FIRST_CHUNK, (chunk) => chunks.push(chunk))
  return Buffer.concat(chunks)
}
